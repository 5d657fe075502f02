using Bento.Agents.Journal;
using Bento.Agents.Machine;

namespace Bento.Agents.Attempts;

/// <summary>Whether a switch may begin at this time, as its release says.</summary>
internal sealed class SwitchGate(MachineUse use, TimeProvider clock)
{
    private const string Switch = "The switch";

    /// <returns>Why not; null when it may.</returns>
    public async Task<AttemptEvent?> FindObjectionAsync(JournalAttempt attempt, CancellationToken cancellationToken)
    {
        var policy = attempt.Release.Policy;
        if (policy.HoldBack is { } holdBack
            && !HoldRule.IsOver(holdBack, attempt.HeldBackSince, clock.GetUtcNow())
            && FindClosed(attempt) is null
            && await use.FindAsync(holdBack, cancellationToken).ConfigureAwait(false) is { } user)
        {
            var since = attempt.HeldBackSince ?? clock.GetUtcNow();
            return new AttemptEvent.Held(HoldRule.Explain(Switch, user, holdBack, since)) { BackSince = since };
        }

        // Last, with the clock as it is now: whatever was asked before may have taken its time.
        return FindClosed(attempt);
    }

    private AttemptEvent.Held? FindClosed(JournalAttempt attempt)
    {
        var (windows, now) = (attempt.Release.Policy.SwitchWindow, clock.GetUtcNow());
        var zone = WindowRule.Zone(windows, clock.LocalTimeZone);
        if (windows is null || WindowRule.IsOpen(windows, now, zone))
        {
            return null;
        }

        var next = WindowRule.Next(windows, now, zone);
        return new AttemptEvent.Held(WindowRule.Explain(Switch, windows, next)) { Until = next };
    }
}
