using Bento.Protocol;

namespace Bento.Status;

/// <summary>The flags beside a state; logs of bash bento say none, and end those of an agent before. Pure.</summary>
internal static class StatusFlagsRule
{
    public static StatusFlags Judge(HostFacts facts, StorePath? running, DateTimeOffset now)
    {
        var read = (facts.IsRead ? StatusFlags.None : StatusFlags.Unreadable)
            | (facts is { FailedBuild: not null, IsInFleet: true } ? StatusFlags.BuildFailed : StatusFlags.None)
            | Said(facts, now);
        if (BashRule.Speaks(facts.Record))
        {
            return read;
        }

        var last = facts.Record.Attempts.Where(attempt => attempt.Result is not null)
            .MaxBy(attempt => (attempt.Number, attempt.Attempt))?.Result;
        return read
            | (last is { Outcome: AttemptOutcome.Degraded } or { Outcome: AttemptOutcome.AutoUpdated, FailedUnits.Count: > 0 }
                ? StatusFlags.Degraded
                : StatusFlags.None)
            | (IsRebootPending(facts, last, running) ? StatusFlags.RebootPending : StatusFlags.None)
            | (facts.Heartbeat is { Pause: not null } ? StatusFlags.Paused : StatusFlags.None)
            | (IsHeld(facts) ? StatusFlags.Held : StatusFlags.None)
            | (facts.Heartbeat is { IsBootedOld: true } ? StatusFlags.BootedOld : StatusFlags.None)
            | (facts.Heartbeat is { AreSecretsLocked: true } ? StatusFlags.SecretsLocked : StatusFlags.None)
            | (facts.Heartbeat is { IsStuck: true } ? StatusFlags.Stuck : StatusFlags.None)
            | (DriftRule.Judge(facts) is not null ? StatusFlags.Drift : StatusFlags.None);
    }

    /// <summary>A host that waits for its window waits with the release that it took; of a newer one it knows nothing yet.</summary>
    private static bool IsHeld(HostFacts facts) => facts.Heartbeat is { IsHeld: true, Release: { } taken }
        && facts.Record.Releases is [{ Release: var current }, ..] && current.Id == taken;

    /// <summary>What its current release says about it, whatever it says itself.</summary>
    private static StatusFlags Said(HostFacts facts, DateTimeOffset now) => facts.Record.Releases is not [{ Release: var current }, ..]
        ? StatusFlags.None
        : (current.Policy.Freeze?.Holds(now) == true ? StatusFlags.Frozen : StatusFlags.None)
            | (current.Pin is null ? StatusFlags.None : StatusFlags.Pinned);

    /// <summary>A host that runs what it built has had its reboot since.</summary>
    private static bool IsRebootPending(HostFacts facts, AttemptResult? last, StorePath? running) =>
        facts.Heartbeat is { RebootPendingSince: not null }
            || (last is { Outcome: AttemptOutcome.RebootNeeded } && (running is null || last.Built != running));
}
