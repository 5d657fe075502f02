using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.Control;

/// <summary>What a host says about itself to whoever stands before it: <c>(journal, machine, pause) → words</c>. Pure.</summary>
internal static class AgentStateRule
{
    public static AgentState Describe(
        HostName host,
        AgentJournal journal,
        MachineState machine,
        RebootVerdict reboot,
        AgentPause? pause,
        bool areSecretsMissing,
        DateTimeOffset now) => new()
        {
            Host = host,
            Machine = machine,
            Summary = Summary(journal.Attempt),
            Number = journal.FloorId is null ? null : journal.Floor,
            Provenance = journal.Attempt?.Release.Provenance,
            Wanted = journal.Attempt?.System ?? journal.Attempt?.Release.ExpectedSystem,
            Outcome = journal.Attempt is { Phase: AttemptPhase.Finished } ended ? ended.Outcome : null,
            RetryAt = journal.Attempt?.RetryAt,
            RebootPendingSince = journal.RebootPendingSince,
            Pause = pause,
            AreSecretsLocked = areSecretsMissing,
            Waits = [.. Waits(journal, reboot, pause, areSecretsMissing, now)],
        };

    private static string Summary(JournalAttempt? attempt) => attempt switch
    {
        null => "No release was ever tried on this host.",
        { Phase: AttemptPhase.Finished } => attempt.Reason!,
        _ => $"Attempt {attempt.Attempt} at release {attempt.Release.Number} is {Words(attempt.Phase)}.",
    };

    private static IEnumerable<string> Waits(
        AgentJournal journal, RebootVerdict reboot, AgentPause? pause, bool areSecretsMissing, DateTimeOffset now)
    {
        if (pause is not null)
        {
            var end = pause.Until is { } until ? $" until {until:u}" : string.Empty;
            var reason = pause.Reason is { } why ? $": {why}" : ".";
            yield return $"Everything new waits: the agent is paused since {pause.Since:u}{end}{reason}";
        }

        if (journal.Freeze?.Holds(now) == true)
        {
            var end = journal.Freeze.Until is { } until ? $" until {until:u}" : string.Empty;
            yield return $"Everything new waits: the operator froze this host{end}: {journal.Freeze.Reason}";
        }

        if (areSecretsMissing)
        {
            yield return "The secrets of the host are not in memory. Each poll tries to open them, and says why it cannot.";
        }

        switch (journal.Attempt)
        {
            case { Phase: AttemptPhase.Ready, IsHeld: true } held:
                yield return $"Release {held.Release.Number} is built. {held.Reason}";
                break;
            case { Phase: AttemptPhase.Ready } ready:
                yield return $"The switch to release {ready.Release.Number} waits until the server can be reached, to confirm it.";
                break;
            case { RetryAt: { } at } failed:
                yield return $"Release {failed.Release.Number} is tried again after {at:u}.";
                break;
            case { Phase: AttemptPhase.Finished, Update: null, Outcome: { } outcome } parked when !outcome.IsSuccess():
                yield return $"Release {parked.Release.Number} is not tried again; the host waits for the next one.";
                break;
        }

        if (Words(reboot, journal, now) is { } words)
        {
            yield return words;
        }

        if (journal.SelfUpdate?.Problem is { } problem)
        {
            yield return problem;
        }
    }

    private static string? Words(RebootVerdict reboot, AgentJournal journal, DateTimeOffset now) => reboot switch
    {
        RebootVerdict.NotAllowed => "A reboot is pending; the release leaves it to you.",
        RebootVerdict.NotNow when journal.Freeze?.Holds(now) == true =>
            "A reboot is pending and waits until the host is not frozen any more.",
        RebootVerdict.NotNow => $"A reboot is pending and waits for its window, {journal.Attempt?.Release.Policy.RebootWindow}.",
        RebootVerdict.Now => "A reboot is pending; the next poll orders it.",
        RebootVerdict.BootedOld =>
            "The host was rebooted and came up with an older system; it does not reboot by itself again for this release.",
        _ => null,
    };

    private static string Words(AttemptPhase phase) => phase switch
    {
        AttemptPhase.Fetching => "fetching",
        AttemptPhase.Building => "building",
        AttemptPhase.Ready => "built and waits to be switched to",
        AttemptPhase.Activating => "being switched to",
        AttemptPhase.Confirming => "being confirmed",
        _ => "being undone",
    };
}
