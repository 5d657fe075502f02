using Bento.Building;

namespace Bento.Agents;

/// <summary>The effects that touch the running machine, and what came of them. Each may be repeated after a kill: a second switch is how NixOS repairs an interrupted one.</summary>
internal sealed class SwitchSteps(IActivator activator, ServerContact server, Confirmation confirmation, SecretSteps secrets, HeartbeatSource heartbeats)
{
    /// <summary>Whether the switch may begin: never activate what cannot be confirmed.</summary>
    public async Task<AttemptEvent> PrepareAsync(JournalAttempt attempt, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (machine.Running == attempt.System && machine.Profile == attempt.System)
        {
            return await secrets.ReplaceAsync(attempt.Release, cancellationToken).ConfigureAwait(false) is { } failure
                ? new AttemptEvent.Failed(Outcome.ActivationFailed, failure, IsTransient: false)
                : new AttemptEvent.AlreadyRunning();
        }

        return await server.TryReadAsync(cancellationToken).ConfigureAwait(false) is { } reason
            ? new AttemptEvent.Unreachable(reason)
            : new AttemptEvent.Reachable(machine.Running);
    }

    /// <summary>Switches, or only prepares the next boot where something changed that must not change under a running machine.</summary>
    public async Task<AttemptEvent> ActivateAsync(StorePath system, AttemptLog log, CancellationToken cancellationToken)
    {
        try
        {
            await activator.SetProfileAsync(system, CancellationToken.None).ConfigureAwait(false);
            var inhibitors = await activator.FindInhibitorsAsync(system, CancellationToken.None).ConfigureAwait(false);
            if (inhibitors.Count == 0)
            {
                return new AttemptEvent.Switched(await activator.SwitchAsync(system, log, cancellationToken).ConfigureAwait(false));
            }

            log.Note($"not switched to live, because these changed: {string.Join(", ", inhibitors)}");
            var staged = await activator.StageAsync(system, log, cancellationToken).ConfigureAwait(false);
            return staged.Verdict == ActivationVerdict.Done ? new AttemptEvent.Staged(inhibitors) : new AttemptEvent.Switched(staged);
        }
        catch (ActivationException exception)
        {
            return new AttemptEvent.NotSwitched(exception.Message);
        }
    }

    public async Task<AttemptEvent> ConfirmAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (journal.Attempt is { IsInterrupted: true, System: var system } && machine.Running is { } running && running != system)
        {
            return new AttemptEvent.Unconfirmed($"The host does not run the system any more but {running.BaseName}: it was put back and that could not be written down, or another one was booted.");
        }

        var beat = await heartbeats.TakeAsync(journal, "The host confirms its switch.", cancellationToken).ConfigureAwait(false);
        return await confirmation.ConfirmAsync(journal.Attempt!.Release.Policy, ReportJson.Write(beat), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts the remembered system back, by its own switch.</summary>
    public async Task<AttemptEvent> RollBackAsync(StorePath previous, AttemptLog log, CancellationToken cancellationToken)
    {
        log.Note($"going back to {previous}");
        try
        {
            await activator.SetProfileAsync(previous, CancellationToken.None).ConfigureAwait(false);
            var activation = await activator.SwitchAsync(previous, log, cancellationToken).ConfigureAwait(false);
            return activation.Verdict == ActivationVerdict.Failed
                ? new AttemptEvent.NotRolledBack($"switch-to-configuration failed with exit code {activation.ExitCode}.")
                : new AttemptEvent.RolledBack();
        }
        catch (ActivationException exception)
        {
            return new AttemptEvent.NotRolledBack(exception.Message);
        }
    }
}
