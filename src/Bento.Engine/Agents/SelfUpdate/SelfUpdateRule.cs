using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.SelfUpdate;

/// <summary>When a host looks for newer inputs by itself. Pure.</summary>
internal static class SelfUpdateRule
{
    /// <summary>However often looking fails, it is never put off by more than eight intervals.</summary>
    private const int MaxDoublings = 3;

    /// <param name="journal">The journal.</param>
    /// <param name="interval">The least time between two looks.</param>
    /// <param name="jitter">From 0 to 1, another for each host: a fleet that gets a release at once does not look at once.</param>
    /// <param name="now">The time, by the host's clock.</param>
    public static bool IsDue(AgentJournal journal, TimeSpan interval, double jitter, DateTimeOffset now)
    {
        // A release that failed waits for the next one; what it would be with other inputs is nobody's guess.
        if (journal.Attempt is not { Phase: AttemptPhase.Finished } last
            || last.Release is not { Policy.SelfUpdate: true, Kind: ConfigurationKind.Flake, Closure: null }
            || (last.Update is null && last.Outcome?.IsSuccess() is not true)
            || last.Outcome == AttemptOutcome.NeedsHuman)
        {
            return false;
        }

        var failures = (journal.SelfUpdate?.Failures ?? 0) + (last.Outcome?.IsSuccess() is true ? 0 : 1);
        var next = journal.SelfUpdate is { } look
            ? look.At + (interval * Math.Pow(2, int.Min(failures, MaxDoublings)) * (1 + (jitter / 8)))
            : last.StartedAt + (interval * jitter);

        // A clock that jumped back must not hold it for ever.
        return now >= next || now < (journal.SelfUpdate?.At ?? last.StartedAt);
    }
}
