using System.Globalization;
using Bento.Cli.Options;

namespace Bento.Cli.Tests.Hosts;

public sealed class UntilOptionTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("8h", "2026-03-01T20:00:00Z")]
    [InlineData("2026-12-24", "2026-12-23T23:00:00Z")]
    [InlineData("2026-12-24T18:00", "2026-12-24T17:00:00Z")]
    [InlineData("2026-06-24 18:00", "2026-06-24T16:00:00Z")]
    [InlineData("2026-12-24T18:00Z", "2026-12-24T18:00:00Z")]
    [InlineData("2026-12-24T18:00+05:00", "2026-12-24T13:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    public void A_time_from_now_or_by_the_clock_of_whoever_types_it(string text, string until)
    {
        Assert.True(UntilOption.TryParse(text, Now, Berlin, out var read));
        Assert.Equal(DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("24.12.2026")]
    [InlineData("18:00")]
    [InlineData("-2h")]
    public void Anything_else_is_refused(string text) => Assert.False(UntilOption.TryParse(text, Now, Berlin, out _));
}
