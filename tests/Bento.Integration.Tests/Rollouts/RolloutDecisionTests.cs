using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Testing.Fleet;

namespace Bento.Integration.Tests.Rollouts;

/// <summary>What operators decide about a rollout, over fleets of real agents.</summary>
public sealed class RolloutDecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_pause_is_taken_back_by_a_person_and_by_no_timer()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        await bench.StartAsync();
        _ = await bench.Fleet.UseAsync<IRollout, bool>(async rollout =>
        {
            await rollout.PauseAsync("lunch", Cancellation);
            return true;
        });
        await bench.PollAsync();

        var paused = (await bench.ContinueAsync())!;
        Assert.Equal((RolloutPhase.Paused, "2 1"), (paused.Phase, bench.Numbers()));
        Assert.Contains("lunch", paused.Reason, StringComparison.Ordinal);
        Assert.Equal(RolloutPhase.Waiting, (await bench.ContinueAsync(new RolloutContinuation { Resume = true }))!.Phase);
        Assert.Equal("2 2", bench.Numbers());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stop_and_a_pause_lie_beside_each_other_and_who_resumes_forgives_what_failed()
    {
        using var bench = await RolloutBench.CreateAsync(3, configure: options => options.Waves.Add(new() { Hosts = "h2" }));
        bench.Fleet.Change(bench.Host(1), ScriptedBuilder.Unbuildable);
        bench.Fleet.Change(bench.Host(2), ScriptedBuilder.Unbuildable);
        await bench.StartAsync();
        _ = await bench.Fleet.UseAsync<IRollout, bool>(async rollout =>
        {
            await rollout.PauseAsync(cancellationToken: Cancellation);
            return true;
        });
        await bench.PollAsync();

        var stopped = (await bench.ContinueAsync())!;
        Assert.Equal((RolloutPhase.Stopped, true), (stopped.Phase, stopped.Hold is { IsAbort: false }));
        var resumed = (await bench.ContinueAsync(new RolloutContinuation { Resume = true }))!;
        Assert.Equal((RolloutPhase.Waiting, 2, null), (resumed.Phase, resumed.Wave, resumed.Hold));
        await bench.PollAsync();

        Assert.Equal("1 host failed, and none may: h2.", (await bench.ContinueAsync())!.Reason);
        Assert.Equal("2 2 1", bench.Numbers());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(34, RolloutPhase.Stopped)]
    [InlineData(67, RolloutPhase.Waiting)]
    public async Task A_budget_can_be_a_share_of_the_hosts(int percent, RolloutPhase phase)
    {
        using var bench = await RolloutBench.CreateAsync(3, configure: options =>
        {
            options.Waves[0] = new RolloutWaveOptions { Hosts = "2" };
            options.BudgetPercent = percent;
        });
        bench.Fleet.Change(bench.Host(1), ScriptedBuilder.Unbuildable);
        bench.Fleet.Change(bench.Host(2), ScriptedBuilder.Unbuildable);
        await bench.StartAsync();
        await bench.PollAsync();

        Assert.Equal(phase, (await bench.ContinueAsync())!.Phase);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wave_that_wants_approval_waits_for_it()
    {
        using var bench = await RolloutBench.CreateAsync(
            3, configure: options => options.Waves.Add(new RolloutWaveOptions { Hosts = "h2", NeedsApproval = true }));
        await bench.StartAsync();
        var early = await Assert.ThrowsAsync<RolloutException>(() => bench.ContinueAsync(new RolloutContinuation { Approve = true }));
        var queue = await bench.Fleet.UseAsync<IRollout, IReadOnlyDictionary<HostName, int>>(
            rollout => rollout.ReadQueueAsync(Cancellation));
        await bench.PollAsync();

        Assert.StartsWith(
            "No wave waits for an approval now, and nothing was approved. Wave 1 of 3", early.Message, StringComparison.Ordinal);
        Assert.Equal("h2 2, h3 3", string.Join(", ", queue!.OrderBy(host => host.Key).Select(host => $"{host.Key} {host.Value}")));
        Assert.Equal(RolloutPhase.NeedsApproval, (await bench.ContinueAsync())!.Phase);
        Assert.Equal("2 1 1", bench.Numbers());
        Assert.Equal(RolloutPhase.Waiting, (await bench.ContinueAsync(new RolloutContinuation { Approve = true }))!.Phase);
        Assert.Equal("2 2 1", bench.Numbers());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_aborted_rollout_publishes_nothing_more_and_makes_room_for_the_next()
    {
        using var bench = await RolloutBench.CreateAsync(2);
        await bench.StartAsync();
        await Assert.ThrowsAsync<RolloutException>(() => bench.StartAsync());
        _ = await bench.Fleet.UseAsync<IRollout, bool>(async rollout =>
        {
            await rollout.AbortAsync("wrong branch", Cancellation);
            return true;
        });
        await bench.PollAsync();

        var status = (await bench.ContinueAsync())!;
        Assert.Equal((RolloutPhase.Aborted, "2 1"), (status.Phase, bench.Numbers()));
        Assert.Contains("wrong branch", status.Reason, StringComparison.Ordinal);
        bench.ChangeAll();
        Assert.Equal(RolloutPhase.Waiting, (await bench.StartAsync())!.Status!.Phase);
        Assert.Equal("3 1", bench.Numbers());
    }

    [Fact(Timeout = 60_000)]
    public async Task Undoing_gives_hosts_what_they_had_and_twice_is_once()
    {
        using var bench = await RolloutBench.CreateAsync(3);
        var before = bench.Host(1).Machine.Running;
        await bench.StartAsync();
        await bench.PollAsync();
        await bench.ContinueAsync();

        var first = await UndoAsync(bench);
        var second = await UndoAsync(bench);
        await bench.PollAsync();

        Assert.Equal((3, 0), (first.Hosts.Count(host => host.Outcome == DeployOutcome.Published), second.Hosts.Count));
        Assert.Equal(before, bench.Host(1).Machine.Running);
        Assert.Equal("3 3 3", bench.Numbers());
        Assert.Equal(RolloutPhase.Undone, (await bench.ReadAsync()).Phase);
    }

    private static async Task<DeployReport> UndoAsync(RolloutBench bench) =>
        (await bench.Fleet.UseAsync<IRollout, DeployReport>(rollout => rollout.UndoAsync(cancellationToken: Cancellation)))!;
}
