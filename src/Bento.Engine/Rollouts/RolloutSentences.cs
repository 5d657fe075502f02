using Bento.Validation;

namespace Bento.Rollouts;

/// <summary>What a rollout says about itself.</summary>
internal static class RolloutSentences
{
    private const int MaxNames = 5;

    public static string Of(RolloutState state, IReadOnlyList<RolloutHost> hosts, RolloutDecision decision, RolloutHold? hold)
    {
        var wave = decision.Wave == 0 ? "Hosts that wait for no wave" : $"Wave {decision.Wave} of {state.Waves.Count - 1}";
        var inWave = hosts.Where(host => host.Wave == decision.Wave).ToList();
        return decision.Phase switch
        {
            RolloutPhase.Ready => $"{wave}: {Hosts(inWave.Count(host => host.State == RolloutHostState.Queued))} to publish.",
            RolloutPhase.Waiting => $"{wave} waits for {Names(inWave.Where(HostJudgement.IsWaitedFor))}.",
            RolloutPhase.Soaking => $"{wave} has gone well, and soaks for {Bounds.Text(state.Limits.Soak)} before the next one.",
            RolloutPhase.NeedsApproval => $"{wave}, {Hosts(inWave.Count)}, waits for approval.",
            RolloutPhase.Paused => $"Paused by {Said(hold!)}",
            RolloutPhase.Stopped => state.Stopped?.Reason ?? Stopped(RolloutView.Failures(hosts), state.Limits.Budget),
            RolloutPhase.Aborted => $"{(hold is null ? "Aborted." : $"Aborted by {Said(hold)}")} {Published(hosts)}",
            RolloutPhase.Undone => "Taken back: hosts have again what they had before.",
            _ => Finished(hosts),
        };
    }

    public static string Stopped(IEnumerable<RolloutHost> hosts, int budget)
    {
        var failed = hosts.ToList();
        var what = failed.Exists(host => host.State == RolloutHostState.TimedOut) ? "failed or did not answer in time" : "failed";
        return $"{Hosts(failed.Count)} {what}, and {(budget == 0 ? "none" : $"only {budget}")} may: {Names(failed)}.";
    }

    private static string Finished(IReadOnlyList<RolloutHost> hosts)
    {
        var failed = hosts.Count(host => host.State is RolloutHostState.Failed or RolloutHostState.TimedOut);
        var away = hosts.Count(host => host.State == RolloutHostState.Away);
        var replaced = hosts.Count(host => host.State == RolloutHostState.Replaced);
        return $"{hosts.Count(host => host.State == RolloutHostState.Confirmed)} of {Hosts(hosts.Count)} confirmed"
            + (failed > 0 ? $", {failed} failed" : string.Empty)
            + (away > 0 ? $", {away} away: they catch up later" : string.Empty)
            + (replaced > 0 ? $", {replaced} got something else meanwhile" : string.Empty)
            + ".";
    }

    private static string Published(IReadOnlyList<RolloutHost> hosts) =>
        $"{hosts.Count(host => host.Number is not null)} of {Hosts(hosts.Count)} got their release.";

    private static string Said(RolloutHold hold) => hold.Reason is { } reason ? $"{hold.By}: {reason.TrimEnd('.')}." : $"{hold.By}.";

    private static string Names(IEnumerable<RolloutHost> hosts)
    {
        var names = hosts.Select(host => host.State == RolloutHostState.Away ? $"{host.Host} (away)" : host.Host.ToString()).ToList();
        return names.Count <= MaxNames
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MaxNames - 1))} and {names.Count - MaxNames + 1} more";
    }

    private static string Hosts(int count) => count == 1 ? "1 host" : $"{count} hosts";
}
