using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Agents.Servers;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// The effects that touch the running machine, and what came of them. Each may be repeated after a kill: a second switch is how NixOS
/// repairs an interrupted one.
/// </summary>
internal sealed class SwitchSteps(
    [Guarded] IActivator activator,
    SwitchGate gate,
    ServerProbe server,
    Confirmation confirmation,
    SecretSteps secrets,
    HeartbeatSource heartbeats,
    TimeProvider clock)
{
    /// <summary>How long the second try and the third to go back wait: what was in the way may have gone.</summary>
    private static readonly TimeSpan RollbackPause = TimeSpan.FromSeconds(10);

    /// <summary>How long a switch of somebody else's is waited for at once.</summary>
    private static readonly TimeSpan HindrancePause = TimeSpan.FromSeconds(30);

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

        if (await gate.FindObjectionAsync(attempt, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        if (await FindHindranceAsync(cancellationToken).ConfigureAwait(false) is { } hindrance)
        {
            return new AttemptEvent.Unreachable($"The switch waits: {hindrance}.");
        }

        var beat = await heartbeats.TakeAsync(journal, "The host is about to switch.", cancellationToken).ConfigureAwait(false);
        if (await server.AskAsync(ReportJson.Write(beat), cancellationToken).ConfigureAwait(false) is { Problem: { } reason })
        {
            return new AttemptEvent.Unreachable(reason);
        }

        // Once more, behind every wait: a window may have closed meanwhile, or somebody come.
        return await gate.FindObjectionAsync(attempt, cancellationToken).ConfigureAwait(false)
            ?? new AttemptEvent.Reachable(machine.Running, machine.Profile);
    }

    /// <summary>A switch of somebody's that is under way ends soon, as a rule; one that does not is left to the next poll.</summary>
    private async Task<string?> FindHindranceAsync(CancellationToken cancellationToken)
    {
        if (activator is not ISwitchMemory memory)
        {
            return null;
        }

        var began = clock.GetTimestamp();
        while (memory.FindHindrance() is { } hindrance)
        {
            if (clock.GetElapsedTime(began) >= HindrancePause)
            {
                return hindrance;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Switches, or only prepares the next boot where something changed that must not change under a running machine.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isResumed">Whether an earlier run has begun with this: what came of its switch counts, and no second one.</param>
    /// <param name="log">Gets what the switch prints.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<AttemptEvent> ActivateAsync(
        JournalAttempt attempt, bool isResumed, AttemptLog log, CancellationToken cancellationToken)
    {
        var system = attempt.System!.Value;
        try
        {
            if (isResumed && await FindAsync(system, isStaged: false, log, cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return await JudgeAsync(attempt, earlier, cancellationToken).ConfigureAwait(false);
            }

            await activator.SetProfileAsync(system, cancellationToken).ConfigureAwait(false);
            var inhibitors = await activator.FindInhibitorsAsync(system, cancellationToken).ConfigureAwait(false);
            if (inhibitors.Count == 0)
            {
                return await JudgeAsync(
                    attempt,
                    await activator.SwitchAsync(system, log, cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);
            }

            log.Note($"not switched to live, because these changed: {string.Join(", ", inhibitors)}");
            var staged = (isResumed ? await FindAsync(system, isStaged: true, log, cancellationToken).ConfigureAwait(false) : null)
                ?? await activator.StageAsync(system, log, cancellationToken).ConfigureAwait(false);
            return staged.Verdict == ActivationVerdict.Done
                ? new AttemptEvent.Staged(inhibitors)
                : await JudgeAsync(attempt, staged, cancellationToken).ConfigureAwait(false);
        }
        catch (ActivationException exception)
        {
            // Nothing was switched: a lock of Nix, or a disk that is full for a moment.
            return new AttemptEvent.NotSwitched(exception.Message, IsTransient: true);
        }
    }

    /// <summary>What is written down of a switch need not be remembered any more.</summary>
    public async Task ForgetAsync()
    {
        try
        {
            await (activator is ISwitchMemory memory
                ? memory.ForgetAsync(CancellationToken.None)
                : Task.CompletedTask).ConfigureAwait(false);
        }
        catch (ActivationException)
        {
            // The next switch asks again for that.
        }
    }

    private async Task<Activation?> FindAsync(StorePath system, bool isStaged, AttemptLog log, CancellationToken cancellationToken) =>
        activator is ISwitchMemory memory ? await memory.FindAsync(system, isStaged, log, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>An exit code is what a program says; what runs is what happened.</summary>
    private async Task<AttemptEvent> JudgeAsync(JournalAttempt attempt, Activation activation, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (activation is { Verdict: ActivationVerdict.Failed, Refusal: { } refusal } && machine.Running == attempt.Previous)
        {
            // Only what this attempt did is taken back: the profile, if nobody has set it to something else since.
            if (machine.Profile == attempt.System && attempt.PreviousProfile is { } profile)
            {
                await activator.SetProfileAsync(profile, cancellationToken).ConfigureAwait(false);
            }

            return new AttemptEvent.Refused(refusal);
        }

        return activation.Verdict is ActivationVerdict.Done or ActivationVerdict.Degraded
            && machine.Running is { } running
            && running != attempt.System
            ? new AttemptEvent.NotSwitched(
                $"switch-to-configuration ended with exit code {activation.ExitCode}, but the host runs {running.BaseName}.")
            : new AttemptEvent.Switched(activation);
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
    /// Puts the remembered system back, by its own switch; nothing that somebody else has switched to meanwhile. A profile that cannot be
    /// set, as with a full
    /// disk, does not keep the host on a system that failed.
    /// </summary>
    public async Task<AttemptEvent> RollBackAsync(
        JournalAttempt attempt, bool isResumed, AttemptLog log, CancellationToken cancellationToken)
    {
        var previous = attempt.Previous!.Value;
        if (attempt.Rollbacks > 0)
        {
            await Task.Delay(RollbackPause, clock, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            if (IsForeign(machine.Running, attempt))
            {
                return new AttemptEvent.Overtaken(
                    $"Somebody switched the host to {machine.Running!.Value.BaseName} meanwhile, which is left as it is.");
            }

            log.Note($"going back to {previous}");
            var profile = IsForeign(machine.Profile, attempt)
                ? null
                : await SetProfileAsync(previous, cancellationToken).ConfigureAwait(false);
            var activation = (isResumed ? await FindAsync(previous, isStaged: false, log, cancellationToken).ConfigureAwait(false) : null)
                ?? await activator.SwitchAsync(previous, log, cancellationToken).ConfigureAwait(false);
            machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            return (Problem(activation, machine.Running, previous) ?? profile) is { } problem
                ? new AttemptEvent.NotRolledBack(problem)
                : new AttemptEvent.RolledBack(activation.FailedUnits);
        }
        catch (ActivationException exception)
        {
            return new AttemptEvent.NotRolledBack(exception.Message);
        }
    }

    /// <summary>Whether it is neither what the attempt brought nor what it replaced: somebody else's doing.</summary>
    private static bool IsForeign(StorePath? system, JournalAttempt attempt) =>
        system is { } other
            && attempt.System is { } built
            && other != built
            && other != attempt.Previous
            && other != attempt.PreviousProfile;

    /// <summary>Only what runs again counts: a switch that wants a reboot has changed nothing that runs.</summary>
    private static string? Problem(Activation activation, StorePath? running, StorePath previous) => activation switch
    {
        { Verdict: ActivationVerdict.Failed } => AttemptStateMachine.Explain(activation),
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
