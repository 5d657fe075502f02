using Bento.Publishing;

namespace Bento.Agents;

/// <summary>What an agent does about a release that it accepts. Pure.</summary>
internal static class AttemptDecision
{
    /// <returns>The attempt to work on; null when there is nothing to do, or nothing yet.</returns>
    public static JournalAttempt? Next(AgentJournal journal, Release release, DateTimeOffset now)
    {
        if (journal.Attempt is not { } last || last.Release.Id != release.Id)
        {
            return new JournalAttempt(release, 1, now, AttemptPhase.Fetching);
        }

        if (last.Phase != AttemptPhase.Finished)
        {
            return last;
        }

        // A clock that jumped back must not hold a retry for ever: no pause is longer than the longest one.
        var due = last.RetryAt is not { } at || now >= at || at - now > RetryPause.Longest;
        return last.WillRetry && due ? new JournalAttempt(release, last.Attempt + 1, now, AttemptPhase.Fetching) : null;
    }
}
