using Bento.Building;
using Bento.Publishing;

namespace Bento.Agents;

/// <summary>The effects that touch the running machine, and what came of them. Each may be repeated after a kill: a second switch is how NixOS repairs an interrupted one.</summary>
internal sealed class SwitchSteps(IActivator activator, ServerContact server, Confirmation confirmation)
{
    /// <summary>Whether the switch may begin: never activate what cannot be confirmed.</summary>
    public async Task<AttemptEvent> PrepareAsync(StorePath system, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (machine.Running == system && machine.Profile == system)
        {
            return new AttemptEvent.AlreadyRunning();
        }

        return await server.TryReadAsync(cancellationToken).ConfigureAwait(false) is { } reason
            ? new AttemptEvent.Unreachable(reason)
            : new AttemptEvent.Reachable(machine.Running);
    }

    public async Task<AttemptEvent> ActivateAsync(StorePath system, AttemptLog log)
    {
        try
        {
            await activator.SetProfileAsync(system, CancellationToken.None).ConfigureAwait(false);
            return new AttemptEvent.Switched(await activator.SwitchAsync(system, log, CancellationToken.None).ConfigureAwait(false));
        }
        catch (ActivationException exception)
        {
            return new AttemptEvent.NotSwitched(exception.Message);
        }
    }

    public Task<AttemptEvent> ConfirmAsync(HostPolicy policy, byte[] heartbeat, CancellationToken cancellationToken) =>
        confirmation.ConfirmAsync(policy, heartbeat, cancellationToken);

    /// <summary>Puts the remembered system back, by its own switch.</summary>
    public async Task<AttemptEvent> RollBackAsync(StorePath previous, AttemptLog log)
    {
        log.Note($"going back to {previous}");
        try
        {
            await activator.SetProfileAsync(previous, CancellationToken.None).ConfigureAwait(false);
            var activation = await activator.SwitchAsync(previous, log, CancellationToken.None).ConfigureAwait(false);
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
