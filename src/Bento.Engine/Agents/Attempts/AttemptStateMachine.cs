using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// The life of an attempt: <c>(phase, event) → phase</c>. Pure; whoever reads it knows everything that an agent can do to a machine.
/// </summary>
/// <remarks>
/// Every phase may be entered again after a kill or a power cut: its effect is repeated and finds its work half or wholly done. So from
/// every point an attempt ends with the system that ran before, or with the new one confirmed.
/// </remarks>
internal static class AttemptStateMachine
{
    /// <summary>How often putting the old system back is tried before a person is needed.</summary>
    public const int MaxRollbacks = 3;

    /// <summary>
    /// How many runs may go on with a switch that they found begun: a system that takes the agent down each time is not kept for that.
    /// </summary>
    public const int MaxResumes = 3;

    /// <summary>
    /// How often a release may be undone for a passing reason and be tried again: one that causes it each time looks the same.
    /// </summary>
    public const int MaxExcuses = 2;

    /// <exception cref="InvalidOperationException">The event cannot happen in the phase.</exception>
    public static JournalAttempt Next(JournalAttempt attempt, AttemptEvent happened) => (attempt.Phase, happened) switch
    {
        (AttemptPhase.Fetching, AttemptEvent.Fetched) => attempt with { Phase = AttemptPhase.Building },
        (AttemptPhase.Building, AttemptEvent.Built built) =>
            attempt with { Phase = AttemptPhase.Ready, System = built.System, RepairsStore = false, SuspectSince = null },
        // A store that was read whole is not suspect any more, whatever the build came to.
        (AttemptPhase.Building, AttemptEvent.Failed { IsStoreChecked: true } failed) =>
            Finish(attempt with { RepairsStore = false, SuspectSince = null }, failed.Outcome, failed.Reason, failed.IsTransient),
        (AttemptPhase.Fetching or AttemptPhase.Building or AttemptPhase.Ready, AttemptEvent.Failed failed) =>
            Finish(attempt, failed.Outcome, failed.Reason, failed.IsTransient),

        (AttemptPhase.Ready, AttemptEvent.AlreadyRunning) =>
            Finish(attempt, AttemptOutcome.Succeeded, "The host already runs this system."),
        (AttemptPhase.Ready, AttemptEvent.Unreachable away) => attempt with { Reason = away.Reason, IsHeld = false, HeldUntil = null },
        (AttemptPhase.Ready, AttemptEvent.Held held) => attempt with
        {
            Reason = held.Reason,
            IsHeld = true,
            HeldUntil = held.Until,
            HeldBackSince = held.BackSince ?? attempt.HeldBackSince,
        },
        (AttemptPhase.Ready, AttemptEvent.Reachable)
            when !attempt.Release.Policy.RetryRolledBack && attempt.System is { } system && attempt.Rejected.Contains(system) =>
            Finish(attempt, AttemptOutcome.RolledBack, "The host went back from this system before, and does not switch to it again."),
        (AttemptPhase.Ready, AttemptEvent.Reachable ready) => attempt with
        {
            Phase = AttemptPhase.Activating,
            Previous = ready.Previous,
            PreviousProfile = ready.PreviousProfile,
            Reason = null,
            IsHeld = false,
            HeldUntil = null,
            HeldBackSince = null,
        },

        (AttemptPhase.Activating, AttemptEvent.Switched switched) => AfterSwitch(attempt, switched.Activation),
        (AttemptPhase.Activating, AttemptEvent.Staged staged) => Finish(attempt with { IsStaged = true }, AttemptOutcome.RebootNeeded,
            $"The next boot starts the system: these must not change under a running machine: {string.Join(", ", staged.Inhibitors)}."),
        (AttemptPhase.Activating, AttemptEvent.NotSwitched failed) =>
            Undo(attempt, AttemptOutcome.ActivationFailed, failed.Reason, failed.IsTransient),

        (AttemptPhase.Activating, AttemptEvent.Refused refused) =>
            Finish(attempt, AttemptOutcome.ActivationFailed, $"{refused.Reason} Nothing was changed before that.", willRetry: true),

        (AttemptPhase.Confirming, AttemptEvent.Confirmed) =>
            Finish(attempt, attempt.Outcome ?? AttemptOutcome.Succeeded, attempt.Reason ?? "The host switched to the system."),
        (AttemptPhase.Confirming, AttemptEvent.Unconfirmed failed) =>
            Undo(attempt, AttemptOutcome.Unconfirmed, failed.Reason, isPassing: attempt.IsInterrupted && failed.IsServerAway),

        (AttemptPhase.RollingBack, AttemptEvent.RolledBack back) =>
            Finish(attempt with { FailedUnits = back.FailedUnits }, AttemptOutcome.RolledBack, attempt.Reason!, attempt.IsExcused),
        (AttemptPhase.RollingBack, AttemptEvent.Overtaken other) =>
            Finish(attempt, AttemptOutcome.ActivationFailed, $"{attempt.Reason} {other.Reason}"),
        (AttemptPhase.RollingBack, AttemptEvent.NotRolledBack failed) when attempt.Rollbacks + 1 < MaxRollbacks =>
            attempt with { Rollbacks = attempt.Rollbacks + 1 },
        (AttemptPhase.RollingBack, AttemptEvent.NotRolledBack failed) =>
            Finish(
                attempt,
                AttemptOutcome.NeedsHuman,
                $"{attempt.Reason} The system that ran before could not be put back: {failed.Reason}",
                willRetry: true),

        _ => throw new InvalidOperationException($"'{happened.GetType().Name}' cannot happen while {attempt.Phase}."),
    };

    /// <summary>
    /// What an attempt goes on with in a new run. Nix may take files for valid that a power cut kept from the disk: a store that was being
    /// written when the machine went down is read again before anything of it is activated. From <see cref="AttemptPhase.Activating"/> on
    /// it is known to be on disk, and what is not known any more is whether the server can be reached: an outage alone costs no release, it
    /// is undone and tried again.
    /// </summary>
    public static JournalAttempt Resume(JournalAttempt attempt, string? bootId) => IsStoreSuspect(attempt, bootId)
        ? attempt with
        {
            Phase = attempt.Phase == AttemptPhase.Ready ? AttemptPhase.Building : attempt.Phase,
            BootId = bootId,
            RepairsStore = true,
            SuspectSince = attempt.SuspectSince ?? attempt.StartedAt,
        }
        : attempt with
        {
            BootId = bootId,
            IsInterrupted = HasBegun(attempt.Phase),
            Resumes = attempt.Resumes + (HasBegun(attempt.Phase) ? 1 : 0),
        };

    /// <summary>
    /// What is concluded instead of going on where too many runs have gone on already; null where the effect of the phase is next.
    /// </summary>
    public static AttemptEvent? GiveUp(JournalAttempt attempt) => attempt switch
    {
        { Resumes: <= MaxResumes } => null,
        { Phase: AttemptPhase.Activating } => new AttemptEvent.NotSwitched($"The switch was interrupted {attempt.Resumes} times."),
        { Phase: AttemptPhase.Confirming } =>
            new AttemptEvent.Unconfirmed($"The agent was interrupted {attempt.Resumes} times before it could confirm the switch."),
        _ => null,
    };

    /// <summary>
    /// Once more the way back, for an attempt whose old system could not be put back: a full disk may have room by now, and the failed
    /// system may be why nobody can come to help. Null for any other attempt.
    /// </summary>
    public static JournalAttempt? GoBackAgain(JournalAttempt last, DateTimeOffset now) =>
        last is { Phase: AttemptPhase.Finished, Outcome: AttemptOutcome.NeedsHuman, Previous: not null }
            ? last with
            {
                Attempt = last.Attempt + 1,
                StartedAt = now,
                Phase = AttemptPhase.RollingBack,
                Rollbacks = MaxRollbacks,
                Outcome = null,
                Reason = "The system that ran before had not been put back.",
                WillRetry = false,
                RetryAt = null,
            }
            : null;

    /// <summary>
    /// Whether the machine may be changed already: then the attempt goes on until it is confirmed or undone, with a server or without.
    /// </summary>
    public static bool HasBegun(AttemptPhase phase) =>
        phase is AttemptPhase.Activating or AttemptPhase.Confirming or AttemptPhase.RollingBack;

    /// <summary>Whether the machine went down while this attempt wrote to the store, and nobody has looked since.</summary>
    public static bool IsStoreSuspect(JournalAttempt attempt, string? bootId) => attempt.RepairsStore
        || ((attempt.Phase is AttemptPhase.Building or AttemptPhase.Ready
                || attempt is { Phase: AttemptPhase.Fetching, Release.Closure: not null })
            && (bootId is null || attempt.BootId != bootId));

    private static JournalAttempt AfterSwitch(JournalAttempt attempt, Activation activation) => activation.Verdict switch
    {
        ActivationVerdict.Done => attempt with { Phase = AttemptPhase.Confirming },
        ActivationVerdict.Degraded => attempt with
        {
            Phase = AttemptPhase.Confirming,
            Outcome = AttemptOutcome.Degraded,
            FailedUnits = activation.FailedUnits,
            Reason = activation.FailedUnits.Count == 0
                ? "The host switched to the system, but units failed."
                : $"The host switched to the system, but units failed: {string.Join(", ", activation.FailedUnits)}.",
        },
        ActivationVerdict.RebootNeeded => Finish(
            attempt with { IsStaged = true },
            AttemptOutcome.RebootNeeded,
            "The system cannot be switched to live; the next boot starts it."),
        _ => Undo(attempt, AttemptOutcome.ActivationFailed, Explain(activation)),
    };

    /// <summary>Why a switch failed, as one sentence.</summary>
    public static string Explain(Activation activation) =>
        activation.Problem ?? $"switch-to-configuration failed with exit code {activation.ExitCode}.";

    /// <summary>The bootloader and half of the units may already be the new ones: only the old system's own switch undoes that.</summary>
    private static JournalAttempt Undo(JournalAttempt attempt, AttemptOutcome outcome, string reason, bool isPassing = false) =>
        attempt switch
        {
            { Release.Policy.Rollback: false } => Finish(attempt, outcome, $"{reason} Rolling back is switched off."),
            { Previous: null } => Finish(attempt, outcome, $"{reason} There is no system to go back to."),
            { Previous: { } previous } when previous == attempt.System =>
                Finish(attempt, outcome, $"{reason} The system that ran before is the same."),
            _ => attempt with
            {
                Phase = AttemptPhase.RollingBack,
                Outcome = null,
                FailedUnits = [],
                Reason = reason,
                IsExcused = isPassing && attempt.Excuses < MaxExcuses,
                Excuses = attempt.Excuses + (isPassing ? 1 : 0),
            },
        };

    private static JournalAttempt Finish(JournalAttempt attempt, AttemptOutcome outcome, string reason, bool willRetry = false)
    {
        var finished = attempt with { Phase = AttemptPhase.Finished, Outcome = outcome, Reason = reason, WillRetry = willRetry };

        // Whatever came of a self-update, the host has the release, and will look for newer inputs again.
        return attempt.Update is not { } update ? finished : finished with
        {
            Outcome = outcome.IsSuccess() ? AttemptOutcome.AutoUpdated : outcome,
            Reason = $"{update}: {reason}",
            WillRetry = !outcome.IsSuccess(),
        };
    }
}
