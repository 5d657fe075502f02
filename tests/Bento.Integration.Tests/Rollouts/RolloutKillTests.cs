using Bento.Publishing;
using Bento.Rollouts;

namespace Bento.Integration.Tests.Rollouts;

/// <summary>A publisher that is killed before each thing that it does to the world, and another one that goes on.</summary>
public sealed class RolloutKillTests
{
    [Fact(Timeout = 600_000)]
    public async Task Killed_before_any_effect_a_rollout_goes_on_and_publishes_each_host_once_as_planned()
    {
        var kills = 0;
        for (var at = 1; ; at++)
        {
            using var bench = await RolloutBench.CreateAsync(3);
            var systems = (await bench.Fleet.UseAsync<IDeployer, DeployPlan>(
                deployer => deployer.PlanAsync(new(), cancellationToken: TestContext.Current.CancellationToken)))!
                .Hosts.Select(host => host.System);
            var start = await bench.StartAsync(killedAt: at);
            if (!bench.Fleet.IsKilled)
            {
                break;
            }

            // What plays Nix, and what looks at one host, is behind a guard: there it is that host which fails.
            if (start is not null)
            {
                continue;
            }

            kills++;
            var isBegun = await bench.ContinueAsync() is not null;
            if (!isBegun)
            {
                Assert.Equal("1 1 1", bench.Numbers());
                Assert.Empty(bench.Kept());
                await bench.StartAsync();
            }

            await FinishAsync(bench, at);

            Assert.Equal("2 2 2", bench.Numbers());
            Assert.Equal(systems, bench.Fleet.Hosts.Select(host => (StorePath?)host.Machine.Running));
            Assert.Empty(bench.Kept());
        }

        Assert.True(kills >= 15, $"Only {kills} kills: a start asks the server more often than that.");
    }

    [Fact(Timeout = 600_000)]
    public async Task Killed_in_a_later_wave_it_goes_on_too()
    {
        var kills = 0;
        for (var at = 1; ; at++)
        {
            using var bench = await RolloutBench.CreateAsync(3);
            await bench.StartAsync();
            await bench.PollAsync();
            var went = await bench.ContinueAsync(killedAt: at);
            if (!bench.Fleet.IsKilled)
            {
                break;
            }

            kills += went is null ? 1 : 0;
            await FinishAsync(bench, at);

            Assert.Equal("2 2 2", bench.Numbers());
            Assert.Empty(bench.Kept());
        }

        Assert.True(kills >= 15, $"Only {kills} kills: a wave asks the server more often than that.");
    }

    [Fact(Timeout = 600_000)]
    public async Task Killed_while_it_is_taken_back_it_is_taken_back_once()
    {
        var kills = 0;
        for (var at = 1; ; at++)
        {
            using var bench = await RolloutBench.CreateAsync(3);
            var before = bench.Fleet.Hosts.Select(host => host.Machine.Running).ToList();
            await bench.StartAsync();
            await bench.PollAsync();
            await bench.ContinueAsync();
            var went = await bench.Fleet.UseAsync<IRollout, DeployReport>(UndoAsync, at);
            if (!bench.Fleet.IsKilled)
            {
                break;
            }

            kills += went is null ? 1 : 0;
            _ = await bench.Fleet.UseAsync<IRollout, DeployReport>(UndoAsync);
            await bench.PollAsync();

            Assert.Equal((at, "3 3 3"), (at, bench.Numbers()));
            Assert.Equal(before, bench.Fleet.Hosts.Select(host => host.Machine.Running));
            Assert.Equal((RolloutPhase.Undone, 0), ((await bench.ReadAsync()).Phase, bench.Kept().Count));
        }

        Assert.True(kills >= 15, $"Only {kills} kills: taking back asks the server more often than that.");

        static Task<DeployReport> UndoAsync(IRollout rollout) =>
            rollout.UndoAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task FinishAsync(RolloutBench bench, int at)
    {
        RolloutStatus status;
        var rounds = 0;
        do
        {
            status = (await bench.ContinueAsync())!;
            await bench.PollAsync();
        }
        while (!status.Phase.IsOver() && ++rounds < 6);

        Assert.True(status.Phase == RolloutPhase.Finished, $"Killed at {at} it ends as {status.Phase}: {status.Reason}");
    }
}
