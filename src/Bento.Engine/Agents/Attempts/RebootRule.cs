using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>
/// Whether a machine is rebooted: <c>(journal, machine, now, time zone) → verdict</c>. Pure, and found out anew at every run: no
/// power cut can leave half a decision.
/// </summary>
internal static class RebootRule
{
    /// <param name="journal">What happened so far.</param>
    /// <param name="machine">What runs and boots.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">The time zone of the window that the release names; null when it is not known.</param>
    public static RebootVerdict Judge(AgentJournal journal, MachineState machine, DateTimeOffset now, TimeZoneInfo? zone)
    {
        // Only for what this agent brought to a good end, and only while that is still what the next boot starts.
        if (journal.Attempt is not { Phase: AttemptPhase.Finished, Outcome: { } outcome, System: { } system } attempt
            || !outcome.IsSuccess() || machine.Profile != system)
        {
            return RebootVerdict.NotNeeded;
        }

        if (HasHappened(journal.Reboot, attempt, machine))
        {
            return machine.Booted == system ? RebootVerdict.NotNeeded : RebootVerdict.BootedOld;
        }

        var waitsForBoot = attempt.IsStaged && machine.Running != system;
        return (machine.NeedsReboot || waitsForBoot, attempt.Release.Policy) switch
        {
            (false, _) => RebootVerdict.NotNeeded,
            (_, { Reboot: false }) => RebootVerdict.NotAllowed,
            (_, _) when journal.Freeze?.Holds(now) == true => RebootVerdict.NotNow,
            (_, { RebootWindow: { } window }) when !WindowRule.IsOpen(window, now, zone) => RebootVerdict.NotNow,
            _ => RebootVerdict.Now,
        };
    }

    /// <summary>
    /// An order that was given in this very boot was not carried out: power or systemd came between. Where boots cannot be told apart, it
    /// was.
    /// </summary>
    private static bool HasHappened(RebootOrder? order, JournalAttempt attempt, MachineState machine) =>
        order is not null && order.Release == attempt.Release.Id && order.System == attempt.System
        && (order.BootId is null || order.BootId != machine.BootId);
}
