namespace Bento.Status;

/// <summary>Whether a host that is heard leaves its release waiting for longer than three polls explain. Pure.</summary>
internal static class OverdueRule
{
    /// <returns>That it does, as one sentence; null when it does not, or somebody paused or froze it.</returns>
    /// <param name="facts">What is known.</param>
    /// <param name="verdict">What was concluded: a host that is not heard is silent, and not overdue.</param>
    /// <param name="current">The release that waits.</param>
    /// <param name="now">The time, by the server's clock.</param>
    public static string? Judge(HostFacts facts, Verdict verdict, PublishedRelease current, DateTimeOffset now)
    {
        var waits = now - current.At;
        return verdict.State is HostState.SyncPending or HostState.RebuildPending
            && waits > SilenceRule.Limit(facts)
            && facts.Heartbeat is not { Pause: not null }
            && current.Release.Policy.Freeze?.Holds(now) != true
            ? $"It has waited for {StatusSentences.Span(waits)}, although the host is heard at least every "
                + $"{StatusSentences.Span(SilenceRule.Interval(facts))}."
            : null;
    }
}
