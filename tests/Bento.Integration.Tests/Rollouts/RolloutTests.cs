using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Bento.Testing.Fleet;

namespace Bento.Integration.Tests.Rollouts;

/// <summary>Rollouts over fleets of real agents, on a server in memory.</summary>
public sealed class RolloutTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task Of_forty_hosts_a_bad_release_reaches_the_canary_and_no_other()
    {
        using var bench = await RolloutBench.CreateAsync(40, ScriptedBuilder.Unbuildable);
        bench.Host(7).IsOnline = bench.Host(8).IsOnline = bench.Host(9).IsOnline = false;

        var start = (await bench.StartAsync())!;
        Assert.Equal((RolloutPhase.Waiting, 1), (start.Status!.Phase, start.Status.Counts.Published));
        Assert.Equal(39, start.Report.Hosts.Count(host => host.Outcome == DeployOutcome.Queued));
        await bench.PollAsync();
        var status = (await bench.ContinueAsync())!;

        Assert.Equal(RolloutPhase.Stopped, status.Phase);
        Assert.Equal("1 host failed, and none may: h1.", status.Reason);
        Assert.Equal((40, 1, 1), (status.Counts.Planned, status.Counts.Published, status.Counts.Failed));
        Assert.Equal("2 " + string.Join(' ', Enumerable.Repeat(1, 39)), bench.Numbers());
        Assert.Contains(bench.Events, happened => happened is FleetEvent.RolloutStopped);

        // A timer asks again and again, and nothing moves.
        await bench.PollAsync();
        Assert.Equal(RolloutPhase.Stopped, (await bench.ContinueAsync())!.Phase);
        Assert.Equal("2 " + string.Join(' ', Enumerable.Repeat(1, 39)), bench.Numbers());
    }

    [Fact(Timeout = 300_000)]
    public async Task Of_forty_hosts_three_that_are_away_hold_nothing_up_and_catch_up_later()
    {
        using var bench = await RolloutBench.CreateAsync(40, configure: options =>
        {
            options.Waves.Clear();
            options.Waves.Add(new RolloutWaveOptions { Hosts = "1" });
            options.Waves.Add(new RolloutWaveOptions { Hosts = "10%" });
        });
        bench.Host(1).IsOnline = bench.Host(8).IsOnline = bench.Host(9).IsOnline = false;
        for (var i = 0; i < 12; i++)
        {
            await bench.PollAsync();
        }

        var start = await bench.StartAsync();
        Assert.Equal("h10", Assert.Single(start!.Status!.Hosts, host => host.Wave == 1).Host.ToString());
        RolloutStatus status;
        var waves = new List<int>();
        do
        {
            await bench.PollAsync();
            status = (await bench.ContinueAsync())!;
            waves.Add(status.Wave);
        }
        while (!status.Phase.IsOver());

        Assert.Equal([2, 3, 3], waves);
        Assert.Equal("37 of 40 hosts confirmed, 3 away: they catch up later.", status.Reason);
        Assert.Contains(bench.Events, happened => happened is FleetEvent.RolloutFinished);
        bench.Host(1).IsOnline = bench.Host(8).IsOnline = bench.Host(9).IsOnline = true;
        await bench.PollAsync();
        Assert.All(await bench.Fleet.ReadStatusAsync(Cancellation), host => Assert.Equal(HostState.UpToDate, host.State));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_was_there_and_does_not_answer_in_its_time_stops_it()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        await bench.StartAsync();
        bench.Host(1).IsOnline = false;

        await bench.PollAsync(TimeSpan.FromMinutes(119));
        Assert.Equal(RolloutPhase.Waiting, (await bench.ContinueAsync())!.Phase);
        await bench.PollAsync(TimeSpan.FromMinutes(1));
        var status = (await bench.ContinueAsync())!;

        Assert.Equal((RolloutPhase.Stopped, 1), (status.Phase, status.Counts.TimedOut));
        Assert.Equal("1 host failed or did not answer in time, and none may: h1.", status.Reason);
        Assert.Equal("2 1", bench.Numbers());
    }

    [Fact(Timeout = 60_000)]
    public async Task Later_waves_publish_what_was_planned_whatever_became_of_the_configuration()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        var planned = (await bench.StartAsync())!.Report.Hosts.Single(host => host.Outcome == DeployOutcome.Queued).System;
        bench.ChangeAll("later");
        await bench.PollAsync();

        Assert.Equal(RolloutPhase.Waiting, (await bench.ContinueAsync())!.Phase);
        await bench.PollAsync();
        Assert.Equal(RolloutPhase.Finished, (await bench.ContinueAsync())!.Phase);

        Assert.Equal(planned, bench.Host(2).Machine.Running);
        Assert.Empty(bench.Kept());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wave_soaks_before_the_next_one()
    {
        using var bench = await RolloutBench.CreateAsync(2, configure: options => options.Soak = TimeSpan.FromMinutes(30));
        await bench.StartAsync();
        await bench.PollAsync();

        Assert.Equal(RolloutPhase.Soaking, (await bench.ContinueAsync())!.Phase);
        await bench.PollAsync(TimeSpan.FromMinutes(29));
        Assert.Equal(RolloutPhase.Soaking, (await bench.ContinueAsync())!.Phase);
        await bench.PollAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((RolloutPhase.Waiting, 2), (await bench.ContinueAsync())! is var status ? (status.Phase, status.Wave) : default);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_waits_for_its_wave_gets_nothing_past_the_rollout_but_what_somebody_takes_back()
    {
        using var bench = await RolloutBench.CreateAsync(3);
        bench.ChangeAll();
        await bench.PollAsync();
        _ = await bench.Fleet.DeployAsync(cancellationToken: Cancellation);
        bench.ChangeAll();
        await bench.StartAsync();
        bench.ChangeAll();

        var deployed = await bench.Fleet.DeployAsync("h2", Cancellation);
        Assert.Contains("waits for its wave", Assert.Single(deployed.Hosts).Failure?.Message, StringComparison.Ordinal);
        _ = await bench.Fleet.RollBackAsync(bench.Host(3), Cancellation);
        await bench.PollAsync();
        await bench.ContinueAsync();
        await bench.PollAsync();
        var status = (await bench.ContinueAsync())!;

        Assert.Equal(
            ["h1 Confirmed", "h2 Confirmed", "h3 Replaced"], status.Hosts.Select(host => $"{host.Host} {host.State}"));
        Assert.Equal("2 of 3 hosts confirmed, 1 got something else meanwhile.", status.Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_is_new_to_the_fleet_waits_for_no_wave()
    {
        using var young = new ScriptedFleet(3);
        young.Change(young.Hosts[0]);
        _ = await young.DeployAsync("h1", Cancellation);
        _ = await young.Hosts[0].PollAsync(Cancellation);
        young.Change(young.Hosts[0]);
        young.Change(young.Hosts[1]);

        var start = await young.UseAsync<IRollout, RolloutStart>(rollout => rollout.StartAsync(new(), cancellationToken: Cancellation));

        Assert.Equal(["h2 0 Away", "h1 1 Waiting"], start!.Status!.Hosts.Select(host => $"{host.Host} {host.Wave} {host.State}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_far_behind_waits_for_no_wave()
    {
        using var bench = await RolloutBench.CreateAsync(3, configure: options => options.UrgentBelow = "2");
        _ = await bench.Fleet.DeployAsync("h1,h2", Cancellation);
        await bench.PollAsync();
        bench.ChangeAll();

        var start = await bench.StartAsync();

        Assert.Equal(["h3 0", "h1 1", "h2 2"], start!.Status!.Hosts.Select(host => $"{host.Host} {host.Wave}"));
        Assert.Equal("3 2 2", bench.Numbers());
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_follows_it_is_told_at_every_look_until_it_is_over()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        await bench.StartAsync();
        await bench.PollAsync();

        var phases = await bench.Fleet.UseAsync<IRollout, List<(RolloutPhase, int)>>(async rollout =>
        {
            var seen = new List<(RolloutPhase, int)>();
            await foreach (var status in rollout.FollowAsync(new(), TimeSpan.FromSeconds(1), cancellationToken: Cancellation))
            {
                seen.Add((status.Phase, status.Wave));
                await bench.PollAsync();
            }

            return seen;
        });

        Assert.Equal([(RolloutPhase.Waiting, 2), (RolloutPhase.Finished, 2)], phases);
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_operators_who_continue_at_once_publish_each_host_once()
    {
        using var bench = await RolloutBench.CreateAsync(3);
        await bench.StartAsync();
        await bench.PollAsync();

        var both = await Task.WhenAll(TryAsync(bench), TryAsync(bench));

        Assert.Contains(true, both);
        Assert.Equal("2 2 2", bench.Numbers());

        static async Task<bool> TryAsync(RolloutBench bench)
        {
            try
            {
                return await bench.ContinueAsync() is not null;
            }
            catch (PublishLockedException)
            {
                return false;
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_to_publish_is_no_rollout()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        _ = await bench.Fleet.DeployAsync(cancellationToken: Cancellation);

        Assert.Null((await bench.StartAsync())!.Status);
        Assert.Null(await bench.ContinueAsync());
    }
}
