using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// Which systems a host does not switch to again: those that it went back from, until one of them holds. A file that changed beside a
/// system makes it no better, and neither does another system in between. Pure.
/// </summary>
internal static class RejectionRule
{
    /// <param name="last">The last attempt that ended; null when there was none.</param>
    /// <returns>What the next attempt knows.</returns>
    public static RejectedSystems After(JournalAttempt? last) => last switch
    {
        null => RejectedSystems.None,

        // A way back for a passing reason says nothing about a system.
        { Outcome: AttemptOutcome.RolledBack, WillRetry: false, System: { } system } =>
            new([system, .. Without(last.Rejected, system).Take(RejectedSystems.MaxSystems - 1)]),
        { Outcome: { } outcome, System: { } system } when outcome.IsSuccess() && last.Rejected.Contains(system) =>
            new([.. Without(last.Rejected, system)]),
        _ => last.Rejected,
    };

    private static IEnumerable<StorePath> Without(RejectedSystems systems, StorePath system) =>
        systems.Systems.Where(known => known != system);
}
