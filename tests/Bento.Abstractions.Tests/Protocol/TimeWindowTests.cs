using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class TimeWindowTests
{
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
        Assert.Equal(isIn, TimeWindow.Parse(window).Contains(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_window_is_read_back_as_it_is_written() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439]).Sample((from, to) =>
        {
            var window = new TimeWindow(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to));

            Assert.Equal(window, TimeWindow.Parse(window.ToString()));
        });

    [Theory]
    [InlineData("")]
    [InlineData("02:00")]
    [InlineData("2:00-5:00")]
    [InlineData("02:00-24:00")]
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
        Assert.True(default(TimeWindow).Contains(new TimeOnly(12, 0)));
        Assert.Equal("00:00-00:00", default(TimeWindow).ToString());
    }
}
