using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Engine.Tests.Publishing.Closures;

public sealed class ClosureDeployTests : IDisposable
{
    private readonly ClosureBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_host_that_builds_nothing_is_offered_all_that_its_system_needs()
    {
        _bench.Flake("lab", "h1", "plain");

        Assert.True((await _bench.DeployAsync()).IsSuccess);

        Assert.Equal((4, 1), (_bench.Current("h1")!.MinimumAgent, _bench.Current("plain")!.MinimumAgent));
        Assert.Null(_bench.Current("plain")!.Closure);
        Assert.Equal(4, _bench.Manifest("h1").Paths.Count);
        _bench.CheckArea("h1");
        Assert.Empty(_bench.Stored("plain"));
        Assert.Single(_bench.Events.Events.OfType<FleetEvent.Packing>());
    }

    [Fact]
    public async Task A_host_without_a_flake_is_told_its_system_too()
    {
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");

        Assert.True((await _bench.DeployAsync()).IsSuccess);

        Assert.Equal(_bench.Manifest("router").System, _bench.Current("router")!.ExpectedSystem);
    }

    [Fact]
    public async Task A_deploy_without_changes_packs_nothing()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        var calls = _bench.Transport.Calls.Count;

        Assert.Equal(["h1 Unchanged 1"], DeployBench.Lines(await _bench.DeployAsync()));

        Assert.Equal(1, _bench.Export.Calls);
        Assert.Empty(_bench.Changes(calls));
    }

    [Fact]
    public async Task The_files_come_first_then_the_manifest_and_the_release_is_the_commit_point()
    {
        _bench.Flake("lab", "h1");

        await _bench.DeployAsync();

        var changes = _bench.Changes().Select(change => change.Split('/')[0]).ToList();
        Assert.Equal(["h1 make store", "h1 write store", "h1 write store", "h1 write content", "h1 write content"], changes[..5]);
        Assert.Equal("h1 write release.json", changes[5]);
    }

    [Fact]
    public async Task FP1_a_publisher_of_closures_that_is_killed_before_any_write_leaves_old_or_new_and_the_next_one_finishes()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        for (var survived = 0; survived < 6; survived++)
        {
            var old = _bench.Current("h1")!;
            _bench.Flake("lab", "h1", $"# {survived}");
            var left = survived;
            _bench.Transport.BeforeCall = (call, _) => call.Operation is "write" or "make" or "remove" or "delete" && left-- == 0
                ? throw new InvalidTimeZoneException("killed")
                : Task.CompletedTask;

            await Record.ExceptionAsync(() => _bench.DeployAsync());
            _bench.Transport.BeforeCall = null;
            _bench.CheckArea("h1");
            var between = _bench.Current("h1")!;
            Assert.True(between.Id == old.Id || between.Number.Sequence == old.Number.Sequence + 1, "neither old nor new");

            Assert.True((await _bench.DeployAsync()).IsSuccess);
            _bench.CheckArea("h1");
            Assert.Equal(old.Number.Sequence + 1, _bench.Current("h1")!.Number.Sequence);
        }
    }

    [Fact]
    public async Task T12_a_bundle_holds_nothing_that_one_of_its_readers_does_not_need()
    {
        _bench.Flake("lab", "h1", "h2", "h3");
        await _bench.DeployAsync();

        // The library is all hosts'; what is a host's own is in a bundle of its own.
        Assert.All(["h1", "h2", "h3"], host => Assert.Equal(2, _bench.Manifest(host).Bundles.Count));
        Assert.Single(new[] { "h1", "h2", "h3" }.SelectMany(host => _bench.Manifest(host).Bundles).GroupBy(bundle => bundle.Hash),
            group => group.Count() == 3);
        Assert.All(["h1", "h2", "h3"], host =>
            Assert.Equal(_bench.Manifest(host).Files().Keys.Order(StringComparer.Ordinal), _bench.Stored(host)));
    }

    [Fact]
    public async Task A_new_release_sends_what_is_new_and_finds_the_rest_where_it_was()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        var (before, first) = (_bench.Stored("h1"), _bench.Manifest("h1"));
        _bench.Flake("lab", "h1", "# new");

        await _bench.DeployAsync();

        Assert.EndsWith(".bundle", Assert.Single(_bench.Stored("h1").Except(before)), StringComparison.Ordinal);
        Assert.Equal(2, _bench.Manifest("h1").Bundles.Count);
        Assert.Equal(
            first.Paths.Single(path => path.Path.Name == "lib").File.Offset,
            _bench.Manifest("h1").Paths.Single(path => path.Path.Name == "lib").File.Offset);
        _bench.CheckArea("h1");
    }

    [Fact]
    public async Task Bundles_do_not_become_more_and_more()
    {
        for (var number = 0; number < 25; number++)
        {
            _bench.Flake("lab", "h1", $"# {number}");
            Assert.True((await _bench.DeployAsync()).IsSuccess);
            Assert.InRange(_bench.Manifest("h1").Bundles.Count, 1, 17);
            _bench.CheckArea("h1");
        }
    }

    [Fact]
    public async Task FP9_what_no_kept_release_needs_goes_after_a_day_from_the_area_and_at_once_from_here()
    {
        for (var number = 0; number < 4; number++)
        {
            _bench.Flake("lab", "h1", $"# {number}");
            await _bench.DeployAsync();
        }

        var all = _bench.Stored("h1");
        _bench.Clock.Advance(TimeSpan.FromHours(26));
        _bench.Flake("lab", "h1", "# last");
        await _bench.DeployAsync();

        var (left, kept) = (_bench.Stored("h1"), Directory.GetFiles(_bench.Kept, "*", SearchOption.AllDirectories));
        Assert.NotEmpty(all.Except(left));
        Assert.Equal(3, kept.Count(path => path.Contains("/manifests/", StringComparison.Ordinal)));
        Assert.Equal(
            left.Count(path => path.EndsWith(".bundle", StringComparison.Ordinal)), kept.Count(path => path.Contains("/bundles/")));
        _bench.CheckArea("h1");
    }

    [Fact]
    public async Task A_host_that_builds_again_keeps_no_closure()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        for (var number = 0; number < 4; number++)
        {
            _bench.Clock.Advance(TimeSpan.FromHours(26));
            _bench.Get<Microsoft.Extensions.Options.IOptions<BentoOptions>>().Value.SystemDelivery = null;
            _bench.Flake("lab", "h1", $"# {number}");
            Assert.True((await _bench.DeployAsync()).IsSuccess);
        }

        Assert.Null(_bench.Current("h1")!.Closure);
        Assert.Empty(_bench.Stored("h1"));
        Assert.DoesNotContain(
            _bench.Transport.Server.Paths(HostName.Parse("h1")), path => path.EndsWith(".closure.gz", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_bench.Kept, "*.nar.zst", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Going_back_offers_the_closure_of_then()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        var first = _bench.Current("h1")!;
        _bench.Flake("lab", "h1", "# bad");
        await _bench.DeployAsync();

        Assert.True((await _bench.RollBackAsync()).IsSuccess);

        Assert.Equal((first.ExpectedSystem, first.Closure), (_bench.Current("h1")!.ExpectedSystem, _bench.Current("h1")!.Closure));
        _bench.CheckArea("h1");
    }

    [Fact]
    public async Task What_an_area_has_lost_is_put_back()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        _bench.Flake("lab", "h1", "# new");
        await _bench.DeployAsync();
        await using (var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(await session.OpenArea(HostName.Parse("h1")).RemoveDirectoryAsync("store", TestContext.Current.CancellationToken));
        }

        Assert.True((await _bench.RollBackAsync()).IsSuccess);

        _bench.CheckArea("h1");
    }

    [Fact]
    public async Task A_publisher_that_lost_its_copies_packs_again()
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        Directory.Delete(_bench.Kept, recursive: true);
        _bench.Flake("lab", "h1", "# new");

        Assert.True((await _bench.DeployAsync()).IsSuccess);

        _bench.CheckArea("h1");
    }

    [Fact]
    public async Task FD5_a_damaged_copy_is_not_published_and_the_next_deploy_has_it_again()
    {
        _bench.Flake("lab", "plain");
        await _bench.DeployAsync();
        _bench.Flake("lab", "plain", "h1");
        await _bench.DeployAsync();
        var large = Directory.GetFiles(_bench.Kept, "*.nar.zst", SearchOption.AllDirectories)
            .Single(path => new FileInfo(path).Length == 100_000);
        await File.WriteAllBytesAsync(large, new byte[100_000], TestContext.Current.CancellationToken);
        _bench.Flake("lab", "plain", "h1", "h2");

        var report = await _bench.DeployAsync();

        Assert.Equal(DeployOutcome.Failed, report.Hosts.Single(host => host.Host.ToString() == "h2").Outcome);
        Assert.Contains("was damaged", $"{report.Hosts.Single(host => host.Host.ToString() == "h2").Failure}", StringComparison.Ordinal);
        Assert.Null(_bench.Current("h2"));
        Assert.True((await _bench.DeployAsync()).IsSuccess);
        _bench.CheckArea("h2");
    }

    [Fact]
    public async Task FP5_a_system_that_cannot_be_packed_stops_no_other()
    {
        _bench.Export.Broken = "-h2";
        _bench.Flake("lab", "h1", "h2");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Published 1", "h2 Failed"], DeployBench.Lines(report));
        Assert.Equal("Its closure cannot be packed: error: the disk is full", report.Hosts[1].Failure?.Message);
    }

    [Fact]
    public async Task A_plan_says_what_a_host_would_fetch_and_publishes_nothing()
    {
        _bench.Flake("lab", "h1", "plain");

        Assert.Equal([103_500, null], await PlannedAsync());
        Assert.Empty(_bench.Changes());
        await _bench.DeployAsync();
        _bench.Flake("lab", "h1", "plain", "# new");

        // The system and what only it needs.
        Assert.Equal([2_500, null], await PlannedAsync());

        async Task<IEnumerable<long?>> PlannedAsync() => (await _bench.Get<IDeployer>().PlanAsync(
            new PlanRequest(), null, TestContext.Current.CancellationToken)).Hosts.Select(host => host.FetchBytes);
    }

    [Fact]
    public async Task A_host_that_builds_nothing_cannot_be_told_to_update_itself()
    {
        _bench.Flake("lab", "h1");
        _bench.Directory.WriteFile("hosts/lab/SELF_UPDATE");

        var report = await _bench.DeployAsync();

        Assert.Equal(DeployOutcome.Failed, Assert.Single(report.Hosts).Outcome);
        Assert.Contains("selfUpdate", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Changes());
    }
}
