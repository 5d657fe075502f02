using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.SelfUpdate;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Agents.Polling;

/// <summary>Whether there is something to do that no release announces.</summary>
internal sealed class UnannouncedWork(
    AgentFiles files, [Guarded] IActivator activator, SelfUpdater updates, RebootSteps reboots, TimeProvider clock)
{
    /// <summary>The pause that holds now; null for none.</summary>
    public AgentPause? Pause() => files.Pause.Read(clock.GetUtcNow());

    /// <param name="toldPause">The pause that the server knows of.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> AreDueAsync(AgentPause? toldPause, CancellationToken cancellationToken)
    {
        var pause = Pause();
        if (pause != toldPause || !files.Spool.IsEmpty)
        {
            return true;
        }

        var journal = files.Journal.Peek();
        if (WaitRule.Find(pause, journal.Freeze, clock.GetUtcNow()) is not null)
        {
            return false;
        }

        return AttemptDecision.IsDue(journal.Attempt, clock.GetUtcNow())
            || updates.IsDue(journal)
            || reboots.IsDue(journal, await activator.InspectAsync(cancellationToken).ConfigureAwait(false));
    }
}
