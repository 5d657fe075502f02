namespace Bento.Status;

/// <summary>How long a host may say nothing, or do nothing about its release. Pure.</summary>
internal static class SilenceRule
{
    private const int Intervals = 3;

    /// <summary>
    /// The longest interval that a host is believed, as long as the longest that agent.json allows; and the one of a host whose own is not
    /// known, as it is while bash bento runs there.
    /// </summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>How often the host is heard at least.</summary>
    public static TimeSpan Interval(HostFacts facts) =>
        facts.Heartbeat is { } beat && beat.Interval < LongestInterval && !BashRule.Speaks(facts.Record) ? beat.Interval : LongestInterval;

    /// <summary>A host that was not heard for longer is silent; a release that a host leaves waiting for longer is overdue.</summary>
    public static TimeSpan Limit(HostFacts facts) => Intervals * Interval(facts);
}
