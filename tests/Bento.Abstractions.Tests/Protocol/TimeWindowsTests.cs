using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class TimeWindowsTests
{
    [Theory]
    [InlineData("02:00-05:00", 1, null)]
    [InlineData("02:00-05:00,13:00-14:00", 2, null)]
    [InlineData("Mon-Fri 22:00-05:00, Sat,Sun 00:00-24:00 Europe/Berlin", 2, "Europe/Berlin")]
    [InlineData("  mon,WED 02:00-05:00 UTC ", 1, "UTC")]
    [InlineData("02:00-05:00 America/Argentina/Buenos_Aires", 1, "America/Argentina/Buenos_Aires")]
    [InlineData("02:00-05:00 Etc/GMT+3", 1, "Etc/GMT+3")]
    public void Windows_have_commas_between_them_and_a_time_zone_behind_them(string text, int count, string? zone)
    {
        var windows = TimeWindows.Parse(text);

        Assert.Equal((count, zone), (windows.Windows.Count, windows.Zone));
    }

    [Fact]
    public void A_comma_stands_between_windows_and_between_days()
    {
        var windows = TimeWindows.Parse("Mon,Wed 02:00-05:00, Sun 10:00-16:00");

        Assert.Equal(
            [WeekDays.Monday | WeekDays.Wednesday, WeekDays.Sunday], windows.Windows.Select(window => window.Days));
        Assert.Equal("Mon,Wed 02:00-05:00, Sun 10:00-16:00", windows.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Europe/Berlin")]
    [InlineData("02:00-05:00, Sun")]
    [InlineData("Sun, 02:00-05:00,")]
    [InlineData("02:00-05:00 ../../etc/passwd")]
    [InlineData("02:00-05:00 /etc/localtime")]
    [InlineData("02:00-05:00 Europe/Berlin, 02:00-05:00")]
    [InlineData("night")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(TimeWindows.TryParse(text, null, out _));
        Assert.Contains("02:00-05:00", Assert.Throws<FormatException>(() => TimeWindows.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_end_to_how_many_there_are()
    {
        Assert.True(TimeWindows.TryParse(string.Join(',', Enumerable.Repeat("02:00-05:00", TimeWindows.MaxWindows)), null, out _));
        Assert.False(TimeWindows.TryParse(string.Join(',', Enumerable.Repeat("02:00-05:00", TimeWindows.MaxWindows + 1)), null, out _));
    }

    [Fact]
    public void Windows_are_read_back_as_they_are_written() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[1, 127]).Array[1, 5].Select(Gen.Bool).Sample((parts, isZoneSaid) =>
        {
            var windows = new TimeWindows
            {
                Windows =
                [
                    .. parts.Select(part => new TimeWindow(
                        TimeOnly.MinValue.AddMinutes(part.Item1), TimeOnly.MinValue.AddMinutes(part.Item2))
                    {
                        Days = (WeekDays)part.Item3,
                    }),
                ],
                Zone = isZoneSaid ? "Pacific/Auckland" : null,
            };

            Assert.Equal(windows, TimeWindows.Parse(windows.ToString()));
        });
}
