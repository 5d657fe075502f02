using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Engine.Tests.Publishing;

public sealed class FreezeTests : IDisposable
{
    private static readonly HostFreeze Sale = new() { Reason = "sale until Friday", Since = DateTimeOffset.UnixEpoch };

    private readonly DeployBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_freeze_is_published_without_Nix_and_says_nothing_else_than_before()
    {
        await PublishAsync("# 1");
        var before = _bench.Current("h1")!;
        var calls = _bench.Builder.Calls.Count;

        var report = await FreezeAsync(Sale);

        var frozen = _bench.Current("h1")!;
        Assert.Equal((DeployOutcome.Published, new ReleaseNumber(0, 2)), (report.Hosts[0].Outcome, report.Hosts[0].Number));
        Assert.Equal((Sale, ProtocolVersion.Current), (frozen.Policy.Freeze, frozen.MinimumAgent));
        Assert.True(ReleaseIdentity.SaysTheSame(before, frozen));
        Assert.NotEqual(before.Id, frozen.Id);
        Assert.Equal(calls, _bench.Builder.Calls.Count);
        Assert.Equal(frozen.Id, (await _bench.RecordAsync("h1")).Releases[0].Release.Id);
        Assert.Contains(frozen.Id.ToString(), _bench.Text("h1", "last_change_date"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deploy_carries_a_freeze_on_and_does_not_publish_for_it_alone()
    {
        await PublishAsync("# 1");
        await FreezeAsync(Sale);

        var unchanged = await _bench.DeployAsync();
        await PublishAsync("# 2");

        Assert.Equal(DeployOutcome.Unchanged, Assert.Single(unchanged.Hosts).Outcome);
        Assert.Equal((Sale, new ReleaseNumber(0, 3)), (_bench.Current("h1")!.Policy.Freeze, _bench.Current("h1")!.Number));
        Assert.Contains("# 2", _bench.Shipped("h1", "flake.nix"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_freeze_whose_time_is_over_is_not_carried_on()
    {
        await PublishAsync("# 1");
        await FreezeAsync(Sale with { Until = DateTimeOffset.UnixEpoch.AddDays(1) });

        await PublishAsync("# 2");

        Assert.Null(_bench.Current("h1")!.Policy.Freeze);
        Assert.Equal(1, _bench.Current("h1")!.MinimumAgent);
    }

    [Fact]
    public async Task The_end_of_a_freeze_is_published_once()
    {
        await PublishAsync("# 1");
        await FreezeAsync(Sale);

        var ended = await FreezeAsync(null);
        var again = await FreezeAsync(null);

        Assert.Null(_bench.Current("h1")!.Policy.Freeze);
        Assert.Equal((DeployOutcome.Published, DeployOutcome.Unchanged), (ended.Hosts[0].Outcome, again.Hosts[0].Outcome));
        Assert.Equal(new ReleaseNumber(0, 3), again.Hosts[0].Number);
    }

    [Fact]
    public async Task A_rollback_takes_no_freeze_away()
    {
        await PublishAsync("# 1");
        var first = _bench.Current("h1")!;
        await PublishAsync("# 2");
        await FreezeAsync(Sale);

        await _bench.Get<IDeployer>().RollBackAsync(new RollBackRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((first.Content.TreeHash, Sale), (_bench.Current("h1")!.Content.TreeHash, _bench.Current("h1")!.Policy.Freeze));
    }

    [Fact]
    public async Task A_plan_says_that_a_host_is_frozen()
    {
        await PublishAsync("# 1");
        await FreezeAsync(Sale);
        _bench.Flake("a", "h1", "# 2");

        var plan = await PlanAsync(unpin: false);

        Assert.Equal(Sale, Assert.Single(plan.Hosts).Freeze);
    }

    [Fact]
    public async Task What_a_host_was_given_back_stays_through_deploys_until_somebody_says_otherwise()
    {
        await PublishAsync("# 1");
        await PublishAsync("# 2");
        await _bench.Get<IDeployer>().RollBackAsync(
            new RollBackRequest { Reason = "502" }, cancellationToken: TestContext.Current.CancellationToken);
        _bench.Flake("a", "h1", "# 3");

        var plan = await PlanAsync(unpin: false);
        var left = await _bench.DeployAsync();
        var willing = await PlanAsync(unpin: true);
        var taken = await UnpinAsync();

        Assert.Equal((PlannedChange.None, "502"), (plan.Hosts[0].Change, plan.Hosts[0].Pin?.Reason));
        Assert.Equal((DeployOutcome.Unchanged, new ReleaseNumber(0, 1)), (left.Hosts[0].Outcome, left.Hosts[0].Pin?.To));
        Assert.NotEqual(PlannedChange.None, willing.Hosts[0].Change);
        Assert.Equal((DeployOutcome.Published, new ReleaseNumber(0, 4)), (taken.Hosts[0].Outcome, taken.Hosts[0].Number));
        Assert.Null(_bench.Current("h1")!.Pin);
    }

    [Fact]
    public async Task A_pin_ends_also_where_the_host_has_what_is_described_by_now()
    {
        await PublishAsync("# 1");
        await PublishAsync("# 2");
        await _bench.Get<IDeployer>().RollBackAsync(new RollBackRequest(), cancellationToken: TestContext.Current.CancellationToken);
        _bench.Flake("a", "h1", "# 1");

        Assert.Equal(DeployOutcome.Unchanged, (await _bench.DeployAsync()).Hosts[0].Outcome);
        Assert.Equal(DeployOutcome.Published, (await UnpinAsync()).Hosts[0].Outcome);
        Assert.Null(_bench.Current("h1")!.Pin);
    }

    private async Task PublishAsync(string line)
    {
        _bench.Flake("a", "h1", line);
        Assert.True((await _bench.DeployAsync()).IsSuccess);
    }

    private Task<DeployReport> UnpinAsync() => _bench.Get<IDeployer>().DeployAsync(
        new DeployRequest { Unpin = true }, cancellationToken: TestContext.Current.CancellationToken);

    private Task<DeployPlan> PlanAsync(bool unpin) => _bench.Get<IDeployer>().PlanAsync(
        new PlanRequest { Unpin = unpin }, cancellationToken: TestContext.Current.CancellationToken);

    private Task<DeployReport> FreezeAsync(HostFreeze? freeze) => _bench.Get<IHostFreezer>().FreezeAsync(
        new FreezeRequest { Hosts = HostSelector.Parse("h1"), Freeze = freeze }, cancellationToken: TestContext.Current.CancellationToken);
}
