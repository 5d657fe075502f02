using Bento.Agents.Journal;
using Bento.Processes;

namespace Bento.Agents.Attempts;

/// <summary>Reboots the machine where the rule says so.</summary>
internal sealed class RebootSteps([Guarded] IActivator activator, AgentFiles files, TimeProvider clock)
{
    public RebootVerdict Judge(AgentJournal journal, MachineState machine) =>
        RebootRule.Judge(journal, machine, TimeOnly.FromDateTime(clock.GetLocalNow().DateTime));

    /// <summary>Since when the machine should reboot, with what the journal knows of it.</summary>
    public AgentJournal Note(AgentJournal journal, MachineState machine)
    {
        var isPending = Judge(journal, machine) != RebootVerdict.NotNeeded;
        return journal with { RebootPendingSince = isPending ? journal.RebootPendingSince ?? clock.GetUtcNow() : null };
    }

    /// <summary>Orders the reboot; that it is ordered is on disk before, so that the next boot can be judged.</summary>
    /// <returns>What came of it, as one sentence; null when there is nothing to reboot for, or not now.</returns>
    public async Task<string?> RebootAsync(AgentJournal journal, MachineState machine, CancellationToken cancellationToken)
    {
        if (files.Pause.Read(clock.GetUtcNow()) is not null || Judge(journal, machine) != RebootVerdict.Now)
        {
            return null;
        }

        var attempt = journal.Attempt!;
        files.Journal.Save(journal with { Reboot = new RebootOrder(attempt.Release.Id, attempt.System!.Value, machine.BootId) });
        try
        {
            await activator.RebootAsync(cancellationToken).ConfigureAwait(false);
            return "The host reboots.";
        }
        catch (ActivationException exception)
        {
            return $"The host should reboot and cannot: {exception.Message}";
        }
    }
}
