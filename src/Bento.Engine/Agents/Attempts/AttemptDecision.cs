using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>What an agent does about a release that it accepts. Pure.</summary>
internal static class AttemptDecision
{
    /// <summary>No window opens later than this: a clock that jumped back must not hold a switch for ever.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromDays(15);

    /// <param name="journal">What happened so far.</param>
    /// <param name="release">The release.</param>
    /// <param name="now">The time, by the host's clock.</param>
    /// <param name="bootId">Which boot of the machine this is; null when that cannot be told.</param>
    /// <returns>The attempt to work on; null when there is nothing to do, or nothing yet.</returns>
    public static JournalAttempt? Next(AgentJournal journal, Release release, DateTimeOffset now, string? bootId)
    {
        if (journal.Attempt is not { } last || last.Release.Id != release.Id)
        {
            return journal.Attempt is { } left && AttemptStateMachine.IsStoreSuspect(left, bootId)
                ? New(release, 1) with { RepairsStore = true, SuspectSince = left.SuspectSince ?? left.StartedAt }
                : New(release, 1);
        }

        if (last.Phase != AttemptPhase.Finished)
        {
            return AttemptStateMachine.Resume(last, bootId);
        }

        return !IsDue(last, now) ? null
            : AttemptStateMachine.GoBackAgain(last, now) ?? New(release, last.Attempt + 1) with
            {
                RepairsStore = last.RepairsStore,
                SuspectSince = last.SuspectSince,
                Excuses = last.Excuses,
            };

        JournalAttempt New(Release release, int attempt) => new(release, attempt, now, AttemptPhase.Fetching)
        {
            BootId = bootId,
            Rejected = RejectionRule.After(journal.Attempt),

            // A new release every day must not hold a host back for ever.
            HeldBackSince = journal.Attempt is { Phase: AttemptPhase.Ready } waited ? waited.HeldBackSince : null,
        };
    }

    /// <summary>
    /// The journal of a machine that may have gone down while it looked for newer inputs: what the look wrote to the store is suspect, too.
    /// </summary>
    public static AgentJournal Suspect(AgentJournal journal, string? bootId) =>
        journal is { Looking: { } looking, Attempt: { } last } && (bootId is null || looking.BootId != bootId)
            ? journal with { Looking = null, Attempt = last with { RepairsStore = true, SuspectSince = last.SuspectSince ?? looking.At } }
            : journal;

    /// <summary>
    /// What a host may not leave as it is, with a server or without: a switch that has begun, and a system that was not put back.
    /// </summary>
    /// <returns>The attempt to work on; null when there is nothing of the kind.</returns>
    public static JournalAttempt? Left(JournalAttempt? last, DateTimeOffset now, string? bootId) => last switch
    {
        { } begun when AttemptStateMachine.HasBegun(begun.Phase) => AttemptStateMachine.Resume(begun, bootId),
        { } ended when IsDue(ended, now) => AttemptStateMachine.GoBackAgain(ended, now),
        _ => null,
    };

    /// <summary>Whether an attempt is to be gone on with, or begun again, without a new release.</summary>
    public static bool IsDue(JournalAttempt? last, DateTimeOffset now) => last switch
    {
        null => false,
        { Phase: AttemptPhase.Ready, IsHeld: true } held => held.HeldUntil is { } until && (now >= until || until - now > LongestHold),
        { Phase: not AttemptPhase.Finished } => true,
        { WillRetry: false } => false,
        { Update: not null, Outcome: not AttemptOutcome.NeedsHuman } => false,

        // A clock that jumped back must not hold a retry for ever: no pause is longer than the longest one.
        { RetryAt: { } at } => now >= at || at - now > RetryPause.Longest,
        _ => true,
    };
}
