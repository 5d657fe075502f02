using System.Globalization;
using Bento.Agents.Attempts;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class WindowRuleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];

    [Theory]
    [InlineData("22:00-05:00", "2026-06-03T19:59:00Z", false)]
    [InlineData("22:00-05:00", "2026-06-03T20:00:00Z", true)]
    [InlineData("22:00-05:00", "2026-06-04T02:59:59Z", true)]
    [InlineData("22:00-05:00", "2026-06-04T03:00:00Z", false)]
    [InlineData("22:00-05:00", "2026-01-03T20:59:00Z", false)]
    [InlineData("22:00-05:00", "2026-01-03T21:00:00Z", true)]
    public void The_clock_on_the_wall_of_its_time_zone_decides(string windows, string now, bool isOpen) =>
        Assert.Equal(isOpen, WindowRule.IsOpen(TimeWindows.Parse(windows), Time(now), Berlin));

    // On 29 March 2026 the clocks of Berlin leap from 02:00 to 03:00, at 01:00 UTC.
    [Theory]
    [InlineData("01:00-04:00", "2026-03-29T00:59:59Z", true)]
    [InlineData("01:00-04:00", "2026-03-29T01:00:00Z", true)]
    [InlineData("01:00-04:00", "2026-03-29T01:59:59Z", true)]
    [InlineData("01:00-04:00", "2026-03-29T02:00:00Z", false)]
    [InlineData("02:30-03:30", "2026-03-29T01:00:00Z", true)]
    [InlineData("02:30-03:30", "2026-03-29T00:59:59Z", false)]
    [InlineData("02:00-03:00", "2026-03-29T00:59:59Z", false)]
    [InlineData("02:00-03:00", "2026-03-29T01:00:00Z", false)]
    [InlineData("02:00-03:00", "2026-03-29T01:30:00Z", false)]
    [InlineData("Sat 22:00-05:00", "2026-03-29T02:59:59Z", true)]
    [InlineData("Sat 22:00-05:00", "2026-03-29T03:00:00Z", false)]
    public void Hours_that_the_clock_leaps_over_are_in_no_window(string windows, string now, bool isOpen) =>
        Assert.Equal(isOpen, WindowRule.IsOpen(TimeWindows.Parse(windows), Time(now), Berlin));

    // On 25 October 2026 they go back from 03:00 to 02:00, at 01:00 UTC.
    [Theory]
    [InlineData("02:00-03:00", "2026-10-24T23:59:59Z", false)]
    [InlineData("02:00-03:00", "2026-10-25T00:00:00Z", true)]
    [InlineData("02:00-03:00", "2026-10-25T00:59:59Z", true)]
    [InlineData("02:00-03:00", "2026-10-25T01:00:00Z", true)]
    [InlineData("02:00-03:00", "2026-10-25T01:59:59Z", true)]
    [InlineData("02:00-03:00", "2026-10-25T02:00:00Z", false)]
    [InlineData("01:00-02:30", "2026-10-25T00:29:59Z", true)]
    [InlineData("01:00-02:30", "2026-10-25T00:30:00Z", false)]
    [InlineData("01:00-02:30", "2026-10-25T01:00:00Z", true)]
    [InlineData("01:00-02:30", "2026-10-25T01:30:00Z", false)]
    public void Hours_that_the_clock_shows_twice_are_in_a_window_twice(string windows, string now, bool isOpen) =>
        Assert.Equal(isOpen, WindowRule.IsOpen(TimeWindows.Parse(windows), Time(now), Berlin));

    [Theory]
    [InlineData("22:00-05:00", "2026-06-03T12:00:00Z", "2026-06-03T20:00:00Z")]
    [InlineData("Sun 10:00-12:00", "2026-06-03T12:00:30Z", "2026-06-07T08:00:00Z")]
    [InlineData("14:01-15:00", "2026-06-03T12:00:30Z", "2026-06-03T12:01:00Z")]
    [InlineData("Mon 00:00-24:00", "2026-06-03T12:00:00Z", "2026-06-07T22:00:00Z")]
    [InlineData("Sun 22:00-05:00", "2026-06-08T03:00:00Z", "2026-06-14T20:00:00Z")]
    [InlineData("02:30-03:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Sun 02:00-03:00", "2026-03-28T12:00:00Z", "2026-04-05T00:00:00Z")]
    [InlineData("01:00-02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("Mon-Fri 22:00-05:00, Sat 10:00-12:00", "2026-06-06T03:00:00Z", "2026-06-06T08:00:00Z")]
    public void The_next_one_is_told(string windows, string now, string next) =>
        Assert.Equal(Time(next), WindowRule.Next(TimeWindows.Parse(windows), Time(now), Berlin));

    [Fact]
    public void A_time_zone_that_nobody_knows_keeps_a_window_shut()
    {
        var windows = TimeWindows.Parse("00:00-24:00 Mars/Olympus");

        Assert.Null(WindowRule.Zone(windows, Berlin));
        Assert.False(WindowRule.IsOpen(windows, Time("2026-06-03T12:00:00Z"), null));
        Assert.Null(WindowRule.Next(windows, Time("2026-06-03T12:00:00Z"), null));
        Assert.Contains("does not know that time zone", WindowRule.Explain("The switch", windows, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_time_zone_the_host_s_own_counts()
    {
        Assert.Same(Berlin, WindowRule.Zone(TimeWindows.Parse("02:00-05:00"), Berlin));
        Assert.Equal("UTC", WindowRule.Zone(TimeWindows.Parse("02:00-05:00 UTC"), Berlin)!.Id);
    }

    [Fact]
    public void No_windows_are_always_open() => Assert.True(WindowRule.IsOpen(null, Time("2026-06-03T12:00:00Z"), null));

    /// <summary>Against another way to say it: in minutes since the midnight of today and of yesterday, all over a year.</summary>
    [Fact]
    public void A_window_is_open_exactly_when_the_wall_clock_is_between_its_ends() =>
        Gen.Select(
            Gen.Int[0, 1439],
            Gen.Int[0, 1439],
            Gen.Int[1, 127],
            Gen.Int[0, Zones.Length - 1],
            Gen.Int[0, 366 * 24 * 60]).Sample((from, to, days, index, minute) =>
        {
            var place = TimeZoneInfo.FindSystemTimeZoneById(Zones[index]);
            var windows = new TimeWindows
            {
                Windows = [new TimeWindow(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to)) { Days = (WeekDays)days }],
            };
            var now = Time("2026-01-01T00:00:00Z").AddMinutes(minute);
            var wall = TimeZoneInfo.ConvertTime(now, place);
            var today = wall.Hour * 60 + wall.Minute;
            var length = to > from ? to - from : 24 * 60 - from + to;
            var isOpen = Enumerable.Range(0, 2).Any(back =>
                ((WeekDays)days).HasFlag((WeekDays)(1 << (((int)wall.DayOfWeek + 6 - back) % 7)))
                && today + (back * 24 * 60) >= from
                && today + (back * 24 * 60) < from + length);

            Assert.Equal(isOpen, WindowRule.IsOpen(windows, now, place));
        });

    [Fact]
    public void The_next_one_is_the_first_minute_that_is_open() =>
        Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[1, 127], Gen.Int[0, 366 * 24 * 60]).Sample((from, to, days, minute) =>
        {
            var windows = new TimeWindows
            {
                Windows = [new TimeWindow(TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to)) { Days = (WeekDays)days }],
            };
            var now = Time("2026-01-01T00:00:00Z").AddMinutes(minute);

            var next = WindowRule.Next(windows, now, Berlin)!.Value;

            Assert.True(next > now && WindowRule.IsOpen(windows, next, Berlin));
            Assert.True(next == now.AddMinutes(1) || !WindowRule.IsOpen(windows, next.AddMinutes(-1), Berlin));
        }, iter: 50);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
