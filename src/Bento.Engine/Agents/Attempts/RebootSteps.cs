using Bento.Agents.Journal;
using Bento.Processes;

namespace Bento.Agents.Attempts;

/// <summary>Reboots the machine where the rule says so.</summary>
internal sealed class RebootSteps([Guarded] IActivator activator, AgentFiles files, TimeProvider clock)
{
    public async Task<RebootVerdict> JudgeAsync(AgentJournal journal, CancellationToken cancellationToken) =>
        Judge(journal, await activator.InspectAsync(cancellationToken).ConfigureAwait(false));

    public RebootVerdict Judge(AgentJournal journal, MachineState machine) =>
        RebootRule.Judge(journal, machine, TimeOnly.FromDateTime(clock.GetLocalNow().DateTime));

    /// <summary>Since when the machine should reboot, with what the journal knows of it.</summary>
    public async Task<AgentJournal> NoteAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        var isPending = await JudgeAsync(journal, cancellationToken).ConfigureAwait(false) != RebootVerdict.NotNeeded;
        return journal with { RebootPendingSince = isPending ? journal.RebootPendingSince ?? clock.GetUtcNow() : null };
    }

    /// <summary>Orders the reboot; that it is ordered is on disk before, so that the next boot can be judged.</summary>
    /// <returns>What came of it, as one sentence; null when there is nothing to reboot for, or not now.</returns>
    public async Task<string?> RebootAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        if (files.Pause.Read(clock.GetUtcNow()) is not null
            || await JudgeAsync(journal, cancellationToken).ConfigureAwait(false) != RebootVerdict.Now)
        {
            return null;
        }

        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
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
