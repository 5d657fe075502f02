using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>Reboots the machine where the rule says so.</summary>
internal sealed class RebootSteps(
    [Guarded] IActivator activator, AgentFiles files, MachineUse use, IOptions<AgentOptions> options, TimeProvider clock)
{
    private const string Reboot = "The reboot";

    /// <summary>When this process asks again who works on the machine: asking starts a program.</summary>
    private DateTimeOffset _askAgain = DateTimeOffset.MinValue;

    public RebootVerdict Judge(AgentJournal journal, MachineState machine) => RebootRule.Judge(
        journal,
        machine,
        clock.GetUtcNow(),
        WindowRule.Zone(journal.Attempt?.Release.Policy.RebootWindow, clock.LocalTimeZone));

    /// <summary>Whether a reboot is due, and it is time to ask whether somebody minds.</summary>
    public bool IsDue(AgentJournal journal, MachineState machine) =>
        Judge(journal, machine) == RebootVerdict.Now && clock.GetUtcNow() >= _askAgain;

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
        if (await FindUserAsync(attempt.Release.Policy, journal.RebootPendingSince, cancellationToken).ConfigureAwait(false) is { } waits)
        {
            _askAgain = clock.GetUtcNow() + options.Value.Interval;
            return waits;
        }

        // Asking may have taken its time.
        if (Judge(journal, machine) != RebootVerdict.Now)
        {
            return null;
        }

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

    private async Task<string?> FindUserAsync(HostPolicy policy, DateTimeOffset? pendingSince, CancellationToken cancellationToken)
    {
        var since = pendingSince ?? clock.GetUtcNow();
        return policy.HoldBack is { } holdBack
            && !HoldRule.IsOver(holdBack, since, clock.GetUtcNow())
            && await use.FindAsync(holdBack, cancellationToken).ConfigureAwait(false) is { } user
            ? HoldRule.Explain(Reboot, user, holdBack, since)
            : null;
    }
}
