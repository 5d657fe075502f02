using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// The effects that touch the running machine, and what came of them. Each may be repeated after a kill: a second switch is how NixOS
/// repairs an interrupted one.
/// </summary>
internal sealed class SwitchSteps(
    IActivator activator,
    ServerContact server,
    Confirmation confirmation,
    SecretSteps secrets,
    HeartbeatSource heartbeats,
    TimeProvider clock)
{
    /// <summary>How long the second try and the third to go back wait: what was in the way may have gone.</summary>
    private static readonly TimeSpan RollbackPause = TimeSpan.FromSeconds(10);

    /// <summary>Whether the switch may begin: never activate what cannot be confirmed.</summary>
    public async Task<AttemptEvent> PrepareAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        var attempt = journal.Attempt!;
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (machine.Running == attempt.System && machine.Profile == attempt.System)
        {
            return await secrets.ReplaceAsync(attempt.Release, cancellationToken).ConfigureAwait(false) is { } failure
                ? new AttemptEvent.Failed(AttemptOutcome.ActivationFailed, failure, IsTransient: true)
                : new AttemptEvent.AlreadyRunning();
        }

        var beat = await heartbeats.TakeAsync(journal, "The host is about to switch.", cancellationToken).ConfigureAwait(false);
        return await server.AskAsync(ReportJson.Write(beat), cancellationToken).ConfigureAwait(false) is { Problem: { } reason }
            ? new AttemptEvent.Unreachable(reason)
            : new AttemptEvent.Reachable(machine.Running);
    }

    /// <summary>Switches, or only prepares the next boot where something changed that must not change under a running machine.</summary>
    public async Task<AttemptEvent> ActivateAsync(StorePath system, AttemptLog log, CancellationToken cancellationToken)
    {
        try
        {
            await activator.SetProfileAsync(system, cancellationToken).ConfigureAwait(false);
            var inhibitors = await activator.FindInhibitorsAsync(system, cancellationToken).ConfigureAwait(false);
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
            // Nothing was switched: a lock of Nix, or a disk that is full for a moment.
            return new AttemptEvent.NotSwitched(exception.Message, IsTransient: true);
        }
    }

    public async Task<AttemptEvent> ConfirmAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (journal.Attempt is { IsInterrupted: true, System: var system } && machine.Running is { } running && running != system)
        {
            return new AttemptEvent.Unconfirmed(
                $"The host does not run the system any more but {running.BaseName}: it was put back and that could not be written down, "
                    + "or another one was booted.");
        }

        var beat = await heartbeats.TakeAsync(journal, "The host confirms its switch.", cancellationToken).ConfigureAwait(false);
        return await confirmation.ConfirmAsync(
            journal.Attempt!.Release.Policy, ReportJson.Write(beat), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts the remembered system back, by its own switch. A profile that cannot be set, as with a full disk, does not keep the host on a
    /// system that failed.
    /// </summary>
    public async Task<AttemptEvent> RollBackAsync(JournalAttempt attempt, AttemptLog log, CancellationToken cancellationToken)
    {
        var previous = attempt.Previous!.Value;
        if (attempt.Rollbacks > 0)
        {
            await Task.Delay(RollbackPause, clock, cancellationToken).ConfigureAwait(false);
        }

        log.Note($"going back to {previous}");
        var profile = await SetProfileAsync(previous, cancellationToken).ConfigureAwait(false);
        try
        {
            var activation = await activator.SwitchAsync(previous, log, cancellationToken).ConfigureAwait(false);
            var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            return (Problem(activation, machine.Running, previous) ?? profile) is { } problem
                ? new AttemptEvent.NotRolledBack(problem)
                : new AttemptEvent.RolledBack(activation.FailedUnits);
        }
        catch (ActivationException exception)
        {
            return new AttemptEvent.NotRolledBack(exception.Message);
        }
    }

    /// <summary>Only what runs again counts: a switch that wants a reboot has changed nothing that runs.</summary>
    private static string? Problem(Activation activation, StorePath? running, StorePath previous) => activation switch
    {
        { Verdict: ActivationVerdict.Failed } => $"switch-to-configuration failed with exit code {activation.ExitCode}.",
        { Verdict: ActivationVerdict.RebootNeeded } => "Only a reboot brings it back; the next boot starts it.",
        _ when running is { } other && other != previous => $"Its switch ended well, but the host runs {other.BaseName}.",
        _ => null,
    };

    private async Task<string?> SetProfileAsync(StorePath system, CancellationToken cancellationToken)
    {
        try
        {
            await activator.SetProfileAsync(system, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ActivationException exception)
        {
            return exception.Message;
        }
    }
}
