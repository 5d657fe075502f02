using Bento.Rollouts;

namespace Bento.Dashboard.Tests;

/// <summary>A rollout in its second wave.</summary>
internal static class MadeRollouts
{
    public static RolloutStatus Running(DateTimeOffset now)
    {
        var hosts = MadeHosts.Fleet(240, now).Select((status, n) => new RolloutHost(status.Host, n switch
        {
            < 8 => RolloutHostState.Confirmed,
            31 => RolloutHostState.Failed,
            37 => RolloutHostState.Away,
            < 44 => n % 3 == 0 ? RolloutHostState.Waiting : RolloutHostState.Confirmed,
            _ => RolloutHostState.Queued,
        })
        {
            Wave = n < 8 ? 1 : n < 44 ? 2 : 3,
            Reason = n == 31 ? "Build failed: builder for 'nginx-1.28.0.drv' failed with exit code 2." : null,
        }).ToList();
        return new RolloutStatus("4f1d", RolloutPhase.Waiting)
        {
            Reason = "Waiting for 12 hosts of wave 2.",
            Began = now.AddMinutes(-34),
            By = "maya@deploy",
            Budget = 2,
            Wave = 2,
            Counts = Count(hosts),
            Hosts = hosts,
            Waves = [.. new[] { 1, 2, 3 }.Select(number => new RolloutWaveStatus(
                number == 3 ? null : new RolloutWave(WaveSize.Parse(number == 1 ? "@canary" : "15%")),
                Count([.. hosts.Where(host => host.Wave == number)])) { Number = number, Began = now })],
        };
    }

    private static RolloutCounts Count(IReadOnlyCollection<RolloutHost> hosts) => new()
    {
        Planned = hosts.Count,
        Published = hosts.Count(host => host.State != RolloutHostState.Queued),
        Confirmed = hosts.Count(host => host.State == RolloutHostState.Confirmed),
        Failed = hosts.Count(host => host.State == RolloutHostState.Failed),
        Waiting = hosts.Count(host => host.State == RolloutHostState.Waiting),
        Away = hosts.Count(host => host.State == RolloutHostState.Away),
    };
}
