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
    /// <returns>The journal as it is on disk, the attempt to work on, and the pause that forbids it; null for none.</returns>
    public async Task<(AgentJournal Journal, JournalAttempt? Attempt, AgentPause? Pause)> FindAsync(
        AgentJournal journal, Release release, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var pause = files.Pause.Read(now);
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        journal = AttemptDecision.Suspect(journal, machine.BootId);
        if (AttemptDecision.Next(journal, release, now, machine.BootId) is { } attempt)
        {
            return (journal, attempt, pause);
        }

        if (pause is not null || !updates.IsDue(journal))
        {
            return (journal, null, pause);
        }

        // On disk before: a power cut in the middle leaves a store that is read again.
        files.Journal.Save(journal with { Looking = new StoreUse(now, machine.BootId) });
        var (look, found) = await updates.LookAsync(journal, cancellationToken).ConfigureAwait(false);
        journal = journal with { SelfUpdate = look, Looking = null };
        files.Journal.Save(journal);
        return (journal, found, null);
    }
}
