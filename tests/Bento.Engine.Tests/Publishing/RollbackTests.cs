using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Engine.Tests.Publishing;

public sealed class RollbackTests : IDisposable
{
    private readonly DeployBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_a_host_had_before_is_published_under_a_new_number()
    {
        await PublishAsync("# good");
        var good = _bench.Current("h1")!;
        await PublishAsync("# bad");

        var report = await RollBackAsync();

        var current = _bench.Current("h1")!;
        Assert.Equal((DeployOutcome.Published, new ReleaseNumber(0, 3)), (report.Hosts[0].Outcome, report.Hosts[0].Number));
        Assert.Equal((good.Content, good.ExpectedSystem), (current.Content, current.ExpectedSystem));
        Assert.NotEqual(good.Id, current.Id);
        Assert.Equal(current.Number, (await _bench.RecordAsync("h1")).Releases[0].Release.Number);
        Assert.Contains("# good", _bench.Shipped("h1", "flake.nix"), StringComparison.Ordinal);
        Assert.Contains(current.Id.ToString(), _bench.Text("h1", "last_change_date"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_is_named_is_published_again_and_one_that_never_was_fails_its_host()
    {
        await PublishAsync("# 1");
        var first = _bench.Current("h1")!;
        await PublishAsync("# 2");
        await PublishAsync("# 3");

        var report = await RollBackAsync(first.Number);
        var never = await RollBackAsync(new ReleaseNumber(0, 9));

        Assert.Equal(new ReleaseNumber(0, 4), Assert.Single(report.Hosts).Number);
        Assert.Equal(first.Content.TreeHash, _bench.Current("h1")!.Content.TreeHash);
        Assert.Equal("Release 9 was never published for it from here.", Assert.Single(never.Hosts).Failure?.Message);
        Assert.Equal(FailureKind.Outdated, never.Hosts[0].Failure?.Kind);
    }

    [Fact]
    public async Task A_second_rollback_goes_on_and_not_back_to_what_was_given_up()
    {
        await PublishAsync("# 1");
        var first = _bench.Current("h1")!;
        await PublishAsync("# 2");
        await PublishAsync("# 3");
        await RollBackAsync();

        await RollBackAsync();

        Assert.Equal(
            (first.Content.TreeHash, new ReleaseNumber(0, 5)), (_bench.Current("h1")!.Content.TreeHash, _bench.Current("h1")!.Number));
    }

    [Fact]
    public async Task A_second_rollback_with_nothing_older_goes_back_to_where_the_first_came_from()
    {
        await PublishAsync("# 1");
        await PublishAsync("# 2");
        var second = _bench.Current("h1")!;
        await RollBackAsync();

        await RollBackAsync();

        Assert.Equal(
            (second.Content.TreeHash, new ReleaseNumber(0, 4)), (_bench.Current("h1")!.Content.TreeHash, _bench.Current("h1")!.Number));
    }

    [Fact]
    public async Task The_next_deploy_publishes_what_is_described_where_nothing_was_pinned()
    {
        await PublishAsync("# 1");
        await PublishAsync("# 2");
        await RollBackAsync(isPinned: false);

        var report = await _bench.DeployAsync();

        Assert.Equal(new ReleaseNumber(0, 4), Assert.Single(report.Hosts).Number);
        Assert.Contains("# 2", _bench.Shipped("h1", "flake.nix"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_no_Nix()
    {
        await PublishAsync("# 1");
        await PublishAsync("# 2");
        var calls = _bench.Builder.Calls.Count;

        await RollBackAsync();

        Assert.Equal(calls, _bench.Builder.Calls.Count);
    }

    [Fact]
    public async Task A_host_that_never_had_anything_else_fails_by_name()
    {
        await PublishAsync("# 1");

        var report = await RollBackAsync();

        Assert.False(report.IsSuccess);
        Assert.Equal(new ReleaseNumber(0, 1), _bench.Current("h1")!.Number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_that_the_server_lost_or_changed_is_never_published(bool isChanged)
    {
        await PublishAsync("# 1");
        var first = _bench.Current("h1")!;
        await PublishAsync("# 2");
        var path = $"content/{first.Content.Archive}.tar.gz";
        var archive = _bench.Transport.Server.Get(first.Host, path)!;
        archive[^1] ^= 1;
        _bench.Transport.Server.Put(first.Host, path, isChanged ? archive : []);

        var report = await RollBackAsync();

        Assert.False(report.IsSuccess);
        Assert.Equal(new ReleaseNumber(0, 2), _bench.Current("h1")!.Number);
    }

    private async Task PublishAsync(string line)
    {
        _bench.Flake("a", "h1", line);
        Assert.True((await _bench.DeployAsync()).IsSuccess);
    }

    private Task<DeployReport> RollBackAsync(ReleaseNumber? to = null, bool isPinned = true) => _bench.Get<IDeployer>().RollBackAsync(
        new RollBackRequest { Hosts = HostSelector.Parse("h1"), To = to, IsPinned = isPinned, Reason = "it is bad" },
        cancellationToken: TestContext.Current.CancellationToken);
}
