using Bento.Protocol;

namespace Bento.Status;

/// <summary>Whether a host left the system that it was brought to. Pure.</summary>
internal static class DriftRule
{
    /// <summary>The system that the newest heartbeat names and that should not run; null when there is none.</summary>
    /// <remarks>
    /// A heartbeat that came before the last result speaks of the system before the switch. Only a host that was once on a system of ours
    /// can drift from it; one that is new runs whatever it was installed with. While a release waits or is tried, or after one failed,
    /// every system of the past may run.
    /// </remarks>
    public static StorePath? Judge(HostFacts facts)
    {
        var record = facts.Record;
        if (facts.Heartbeat is not { Running: { } running }
            || BashRule.Speaks(record)
            || !record.Attempts.Any(attempt => attempt.Result is
            {
                Outcome: AttemptOutcome.Succeeded
                or AttemptOutcome.Degraded
                or AttemptOutcome.AutoUpdated
                or AttemptOutcome.RebootNeeded
            }))
        {
            return null;
        }

        var last = record.Attempts.MaxBy(attempt => (attempt.Number, attempt.Attempt));
        var isKnown = last is { Result: { } result }
            && result.Outcome.IsSuccess()
            && record.Releases is [var current, ..]
            && result.Release == current.Release.Id
            ? !BeatOrder.IsAfter(facts, last) || running == result.Running || running == result.Built
            : record.Releases.Any(published => published.Release.ExpectedSystem == running)
                || record.Attempts.Any(
                    attempt => attempt.Start?.Running == running || attempt.Result?.Running == running || attempt.Result?.Built == running);
        return isKnown ? null : running;
    }
}
