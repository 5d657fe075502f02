using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.SelfUpdate;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Agents.Polling;

/// <summary>
/// Finds what there is to do about a release that is taken: the release itself, and when there is nothing new, newer inputs.
/// </summary>
internal sealed class NextAttempt(AgentFiles files, [Guarded] IActivator activator, SelfUpdater updates, TimeProvider clock)
{
    /// <returns>The journal as it is on disk, the attempt to work on, and why it must not begin; null when it may.</returns>
    public async Task<(AgentJournal Journal, JournalAttempt? Attempt, string? Wait)> FindAsync(
        AgentJournal journal, Release release, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        journal = Heed(journal, release);
        var wait = WaitRule.Find(files.Pause.Read(now), journal.Freeze, now);
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        journal = AttemptDecision.Suspect(journal, machine.BootId);
        if (AttemptDecision.Next(journal, release, now, machine.BootId) is { } attempt)
        {
            return (journal, attempt, wait);
        }

        if (wait is not null || !updates.IsDue(journal))
        {
            return (journal, null, wait);
        }

        // On disk before: a power cut in the middle leaves a store that is read again.
        files.Journal.Save(journal with { Looking = new StoreUse(now, machine.BootId) });
        var (look, found) = await updates.LookAsync(journal, cancellationToken).ConfigureAwait(false);
        journal = journal with { SelfUpdate = look, Looking = null };
        files.Journal.Save(journal);
        return (journal, found, null);
    }

    /// <summary>
    /// A freeze, and its end, hold from the moment when they are read, also for what earlier releases left to do. The release counts as
    /// accepted: an older one, without it, is refused from then on.
    /// </summary>
    private AgentJournal Heed(AgentJournal journal, Release release)
    {
        if (journal.Freeze == release.Policy.Freeze)
        {
            return journal;
        }

        journal = journal with { Freeze = release.Policy.Freeze, Floor = release.Number, FloorId = release.Id };
        files.Journal.Save(journal);
        return journal;
    }
}
