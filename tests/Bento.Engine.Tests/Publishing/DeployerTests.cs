using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Engine.Tests.Publishing;

public sealed class DeployerTests : IDisposable
{
    private readonly DeployBench _bench = new(options => options.Hosts["far"] = new BentoHostOptions { EvaluateOnly = true });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_host_gets_its_first_release()
    {
        _bench.Flake("lab", "h1", "h2");
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");

        var report = await _bench.DeployAsync();

        Assert.True(report.IsSuccess);
        Assert.Equal(["h1 Published 1", "h2 Published 1", "router Published 1"], DeployBench.Lines(report));
        Assert.Equal(_bench.Current("h1")!.Content, _bench.Current("h2")!.Content);
        Assert.Null(_bench.Current("router")!.ExpectedSystem);
        Assert.Null(_bench.Current("router")!.Attribute);
        Assert.Equal(report.Hosts[0].System, _bench.Current("h1")!.ExpectedSystem);
    }

    [Fact]
    public async Task A_deploy_without_changes_starts_no_evaluation_and_touches_nothing()
    {
        _bench.Flake("lab", "h1", "h2");
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");
        await _bench.DeployAsync();
        var (nix, calls) = (_bench.Builder.Calls.Count, _bench.Transport.Calls.Count);

        var report = await _bench.DeployAsync();

        Assert.True(report.IsSuccess);
        Assert.Equal(["h1 Unchanged 1", "h2 Unchanged 1", "router Unchanged 1"], DeployBench.Lines(report));
        Assert.Equal(nix, _bench.Builder.Calls.Count);
        Assert.Empty(_bench.Changes(calls));
    }

    [Fact]
    public async Task Only_the_directory_that_changed_is_evaluated_and_only_its_hosts_are_built()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        await _bench.DeployAsync();
        _bench.Flake("b", "h2", "# new");
        var nix = _bench.Builder.Calls.Count;

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Unchanged 1", "h2 Published 2"], DeployBench.Lines(report));
        Assert.Equal(["evaluate b", "build h2"], _bench.Builder.Calls.Skip(nix));
    }

    [Fact]
    public async Task A_file_that_is_touched_and_not_changed_publishes_nothing()
    {
        var flake = _bench.Flake("a", "h1");
        await _bench.DeployAsync();
        File.SetLastWriteTimeUtc(flake, DateTime.UnixEpoch);

        Assert.Equal(["h1 Unchanged 1"], DeployBench.Lines(await _bench.DeployAsync()));
    }

    [Fact]
    public async Task A_file_that_no_system_needs_is_published_as_well()
    {
        _bench.Flake("a", "h1");
        await _bench.DeployAsync();
        var system = _bench.Current("h1")!.ExpectedSystem;
        _bench.Directory.WriteFile("hosts/a/README.md", "new");

        Assert.Equal(["h1 Published 2"], DeployBench.Lines(await _bench.DeployAsync()));
        Assert.Equal(system, _bench.Current("h1")!.ExpectedSystem);
    }

    [Fact]
    public async Task FP6_what_is_shipped_is_what_was_evaluated_although_the_source_changes_meanwhile()
    {
        _bench.Flake("a", "h1");
        _bench.Builder.WhenEvaluating = _ => _bench.Flake("a", "h1", "# edited meanwhile");

        await _bench.DeployAsync();

        Assert.Equal("h1", _bench.Shipped("h1", "flake.nix"));
        _bench.Builder.WhenEvaluating = null;
        Assert.Equal(["h1 Published 2"], DeployBench.Lines(await _bench.DeployAsync()));
        Assert.Equal("h1\n# edited meanwhile", _bench.Shipped("h1", "flake.nix"));
    }

    [Fact]
    public async Task A_host_that_is_only_evaluated_is_published_and_not_built()
    {
        _bench.Flake("a", "far", "near");
        _bench.Flake("b", "marked");
        _bench.Directory.WriteFile("hosts/b/NOLOCALBUILD");

        var report = await _bench.DeployAsync();

        Assert.Equal(["far Published 1", "marked Published 1", "near Published 1"], DeployBench.Lines(report));
        Assert.Equal("build near", _bench.Builder.Calls[^1]);
    }

    [Fact]
    public async Task A_change_of_policy_alone_publishes_the_same_content_without_evaluating_the_others()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        await _bench.DeployAsync();
        var before = _bench.Current("h1")!;
        _bench.Directory.WriteFile("hosts/a/REBOOT");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Published 2", "h2 Unchanged 1"], DeployBench.Lines(report));
        Assert.True(_bench.Current("h1")!.Policy.Reboot);
        Assert.Equal(before.Content, _bench.Current("h1")!.Content);
    }

    [Fact]
    public async Task A_flake_at_the_root_is_shipped_whole_and_that_is_said()
    {
        _bench.Directory.WriteFile("flake.nix", "h1");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Published 1"], DeployBench.Lines(report));
        Assert.Contains(report.Remarks, remark => remark.Contains("whole tree", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _bench.Transport.Server.Paths(HostName.Parse("h1")), path => path.Contains(".bento", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forecast_evaluates_and_a_build_builds_and_neither_publishes()
    {
        _bench.Flake("a", "h1", "far");

        var forecast = await _bench.Get<IDeployer>().ForecastAsync(new BuildRequest(), null, TestContext.Current.CancellationToken);
        var build = await _bench.Get<IDeployer>().BuildAsync(new BuildRequest(), null, TestContext.Current.CancellationToken);

        Assert.Equal(["far Evaluated", "h1 Evaluated"], DeployBench.Lines(forecast));
        Assert.Equal(2, forecast.Forecast!.ToBuild.Count);
        Assert.Equal(["far Evaluated", "h1 Built"], DeployBench.Lines(build));
        Assert.Empty(_bench.Transport.Calls);
    }

    [Fact]
    public async Task What_happens_to_each_host_is_told_once()
    {
        _bench.Flake("a", "h1", "h2!eval", "h3!build");

        await _bench.DeployAsync();

        Assert.Equal(
            ["h2", "h3"],
            _bench.Events.Events.OfType<FleetEvent.Failed>().Select(failed => failed.Host.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(
            new FleetEvent.Published(HostName.Parse("h1"), new ReleaseNumber(0, 1)),
            Assert.Single(_bench.Events.Events.OfType<FleetEvent.Published>()));
    }

    [Fact]
    public async Task An_archive_is_made_once_for_all_hosts_of_a_directory()
    {
        _bench.Flake("a", [.. Enumerable.Range(0, 30).Select(number => $"h{number}")]);

        var report = await _bench.DeployAsync();

        Assert.True(report.IsSuccess);
        Assert.Equal(30, report.Hosts.Count);
        Assert.Single(Enumerable.Range(0, 30).Select(number => _bench.Current($"h{number}")!.Content).Distinct());
    }

    [Fact]
    public async Task FB6_a_derivation_that_was_lost_before_its_build_is_evaluated_again()
    {
        _bench.Flake("a", "h1", "h2");
        _bench.Builder.Lost.Add("h2");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Published 1", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Equal(
            ["evaluate a", "build h1 h2", "evaluate a", "build h2"],
            _bench.Builder.Calls.Where(call => !call.StartsWith("list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_warning_is_a_remark_however_often_it_comes()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        _bench.Builder.Warning = "an option was renamed";

        var report = await _bench.DeployAsync();

        Assert.Single(report.Remarks, "warning: an option was renamed");
    }
}
