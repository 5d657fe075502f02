using System.Globalization;
using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class TimeWindowTests
{
    private static readonly DateTime Wednesday = new(2026, 6, 3);

    [Theory]
    [InlineData("02:00-05:00", "01:59", false)]
    [InlineData("02:00-05:00", "02:00", true)]
    [InlineData("02:00-05:00", "04:59", true)]
    [InlineData("02:00-05:00", "05:00", false)]
    [InlineData("23:00-01:00", "22:59", false)]
    [InlineData("23:00-01:00", "23:00", true)]
    [InlineData("23:00-01:00", "00:00", true)]
    [InlineData("23:00-01:00", "00:59", true)]
    [InlineData("23:00-01:00", "01:00", false)]
    [InlineData("23:00-00:00", "23:59", true)]
    [InlineData("23:00-00:00", "00:00", false)]
    [InlineData("03:00-03:00", "12:00", true)]
    public void A_time_is_in_a_window_from_its_start_to_before_its_end(string window, string time, bool isIn) =>
        Assert.Equal(isIn, TimeWindow.Parse(window).Contains(Wednesday.Add(TimeSpan.Parse(time, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("Mon-Fri 22:00-05:00", "Mon 21:59", false)]
    [InlineData("Mon-Fri 22:00-05:00", "Mon 04:59", false)]
    [InlineData("Mon-Fri 22:00-05:00", "Mon 22:00", true)]
    [InlineData("Mon-Fri 22:00-05:00", "Tue 04:59", true)]
    [InlineData("Mon-Fri 22:00-05:00", "Fri 23:00", true)]
    [InlineData("Mon-Fri 22:00-05:00", "Sat 04:59", true)]
    [InlineData("Mon-Fri 22:00-05:00", "Sat 05:00", false)]
    [InlineData("Mon-Fri 22:00-05:00", "Sat 22:00", false)]
    [InlineData("Sun 22:00-05:00", "Mon 03:00", true)]
    [InlineData("Sun 22:00-05:00", "Sun 03:00", false)]
    [InlineData("Fri-Mon 10:00-12:00", "Sat 11:00", true)]
    [InlineData("Fri-Mon 10:00-12:00", "Mon 11:00", true)]
    [InlineData("Fri-Mon 10:00-12:00", "Tue 11:00", false)]
    [InlineData("Sat,Sun 00:00-24:00", "Sat 00:00", true)]
    [InlineData("Sat,Sun 00:00-24:00", "Sun 23:59", true)]
    [InlineData("Sat,Sun 00:00-24:00", "Mon 00:00", false)]
    [InlineData("Sat 06:00-06:00", "Sun 05:59", true)]
    [InlineData("Sat 06:00-06:00", "Sun 06:00", false)]
    public void A_window_of_some_days_belongs_to_the_day_on_which_it_begins(string window, string time, bool isIn)
    {
        var words = time.Split(' ');
        var day = Enumerable.Range(0, 7).Select(days => Wednesday.AddDays(days)).Single(
            date => date.ToString("ddd", CultureInfo.InvariantCulture) == words[0]);

        Assert.Equal(isIn, TimeWindow.Parse(window).Contains(day.Add(TimeSpan.Parse(words[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void A_window_is_read_back_as_it_is_written() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[1, 127]).Sample((from, to, days) =>
        {
            var window = new TimeWindow(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to)) { Days = (WeekDays)days };

            Assert.Equal(window, TimeWindow.Parse(window.ToString()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("02:00")]
    [InlineData("2:00-5:00")]
    [InlineData("24:00-02:00")]
    [InlineData("02:00-24:01")]
    [InlineData("Mon-Fri")]
    [InlineData("Mon-Fri-Sun 02:00-05:00")]
    [InlineData("Xyz 02:00-05:00")]
    [InlineData("Mon, 02:00-05:00")]
    [InlineData("Mon Tue 02:00-05:00")]
    [InlineData("02:00 - 05:00")]
    [InlineData("02:00-05:00-07:00")]
    [InlineData("02:60-05:00")]
    [InlineData("02:00:00-05:00:00")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(TimeWindow.TryParse(text, null, out _));

        Assert.Contains("02:00-05:00", Assert.Throws<FormatException>(() => TimeWindow.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_value_is_the_whole_day()
    {
        Assert.True(default(TimeWindow).Contains(Wednesday.AddHours(12)));
        Assert.Equal("00:00-00:00", default(TimeWindow).ToString());
    }
}
