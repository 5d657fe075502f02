namespace Bento.Rollouts;

/// <summary>The rule: counts, limits and now → publish the next wave, wait, or stop. Pure.</summary>
/// <remarks>
/// The first of these that holds decides: it has ended; an operator ended it; more failed than may; an operator paused it; then wave by
/// wave, in order: something of it is to be published, it waits for hosts, it soaks. What is left is finished.
/// </remarks>
internal static class RolloutRule
{
    public static RolloutDecision Decide(RolloutFacts facts, DateTimeOffset now) => facts switch
    {
        { Ended: { } ended } => new(ended),
        { IsAborted: true } => new(RolloutPhase.Aborted),
        { IsStopped: true } => new(RolloutPhase.Stopped),
        _ when facts.Failures > facts.Budget => new(RolloutPhase.Stopped),
        { IsPaused: true } => new(RolloutPhase.Paused),
        _ => Next(facts, now),
    };

    private static RolloutDecision Next(RolloutFacts facts, DateTimeOffset now)
    {
        var last = facts.Waves.Where(wave => wave.Queued > 0).Select(wave => wave.Index).DefaultIfEmpty(-1).Max();
        foreach (var wave in facts.Waves)
        {
            // Of a wave that a kill interrupted, the rest is published at once: it was approved, and the one before it went well.
            if (wave.Queued > 0)
            {
                return wave is { NeedsApproval: true, IsBegun: false }
                    ? new(RolloutPhase.NeedsApproval, wave.Index)
                    : new(RolloutPhase.Ready, wave.Index);
            }

            if (wave.Index == 0)
            {
                continue;
            }

            if (wave is { Settled: null, Waiting: > 0 })
            {
                return new(RolloutPhase.Waiting, wave.Index, wave.WaitsUntil);
            }

            if (wave.Index < last && (wave.Settled ?? now) + facts.Soak is var soaked && soaked > now)
            {
                return new(RolloutPhase.Soaking, wave.Index, soaked);
            }
        }

        return new(RolloutPhase.Finished);
    }
}
