using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Engine.Tests.Publishing;

public sealed class PlanTests : IDisposable
{
    private readonly DeployBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plan_says_what_each_host_would_get_and_publishes_nothing()
    {
        _bench.Flake("a", "same");
        _bench.Flake("b", "system");
        _bench.Flake("c", "files");
        await _bench.DeployAsync();
        _bench.Flake("b", "system", "# new");
        _bench.Directory.WriteFile("hosts/c/README.md", "new");
        _bench.Flake("d", "first");
        _bench.Flake("e", "broken!build");
        var calls = _bench.Transport.Calls.Count;

        var plan = await PlanAsync();

        Assert.Equal(["broken Failed", "files Files 1", "first First", "same None 1", "system System 1"], plan.Hosts.Select(Line));
        Assert.True(plan.HasChanges);
        Assert.False(plan.IsSuccess);
        Assert.Contains("does not build", plan.Hosts[0].Failure?.Message);
        Assert.Empty(_bench.Changes(calls));
    }

    [Fact]
    public async Task A_policy_that_changed_is_neither_files_nor_a_system()
    {
        using var bench = new DeployBench(options => options.Hosts["h1"] = new BentoHostOptions { Reboot = true });
        bench.Flake("a", "h1");
        await bench.DeployAsync();
        bench.Directory.WriteFile("hosts/a/SELF_UPDATE", string.Empty);

        var plan = await bench.Get<IDeployer>().PlanAsync(new PlanRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("h1 Policy 1", Line(Assert.Single(plan.Hosts)));
    }

    [Fact]
    public async Task A_plan_says_what_the_host_runs_where_it_has_updated_itself()
    {
        _bench.Flake("a", "h1");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "# new");
        Assert.Null(Assert.Single((await PlanAsync()).Hosts).Running);
        var beat = new Heartbeat
        {
            At = _bench.Clock.GetUtcNow(),
            Interval = TimeSpan.FromMinutes(15),
            Agent = "1",
            Running = SomeRelease.System("self-updated"),
        };
        Says("h1", beat);

        Assert.Equal(beat.Running, Assert.Single((await PlanAsync()).Hosts).Running);
    }

    [Fact]
    public async Task FA11_a_plan_says_that_a_host_does_not_switch_again_to_what_it_went_back_from()
    {
        _bench.Flake("a", "h1");
        await _bench.DeployAsync();
        var system = _bench.Current("h1")!.ExpectedSystem!.Value;
        Says("h1", new Heartbeat
        {
            At = _bench.Clock.GetUtcNow(),
            Interval = TimeSpan.FromMinutes(15),
            Agent = "1",
            Rejected = new RejectedSystems([SomeRelease.System("other"), system]),
        });
        _bench.Directory.WriteFile("hosts/a/README.md", "new");

        Assert.Contains("does not switch to it again", Assert.Single((await PlanAsync()).Remarks, remark => remark.Contains("h1")));
        _bench.Flake("a", "h1", "# new");
        Assert.DoesNotContain((await PlanAsync()).Remarks, remark => remark.Contains("h1"));
    }

    [Fact]
    public async Task Packages_are_compared_where_this_machine_has_both_systems()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        var before = (await _bench.DeployAsync()).Hosts.ToDictionary(host => host.Host.ToString(), host => host.System!.Value);
        _bench.Flake("a", "h1", "# new");
        _bench.Flake("b", "h2", "# new");
        var after = (await PlanAsync()).Hosts[0].System!.Value;
        _bench.Builder.Closures[before["h1"]] = new SystemClosure(before["h1"], new Dictionary<StorePath, long> { [Path("jq-1.6")] = 5 });
        _bench.Builder.Closures[after] = new SystemClosure(after, new Dictionary<StorePath, long> { [Path("jq-1.7")] = 6 });

        var plan = await PlanAsync();

        Assert.Equal("jq", Assert.Single(plan.Hosts[0].Difference!.Packages).Name);
        Assert.Null(plan.Hosts[1].Difference);
    }

    [Fact]
    public async Task A_deploy_publishes_exactly_what_was_planned()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");

        var report = await DeployAsync(await PlanAsync());

        Assert.Equal(["Published", "Published"], report.Hosts.Select(host => host.Outcome.ToString()));
    }

    [Fact]
    public async Task A_plan_that_the_configuration_left_behind_is_refused_by_name_and_nothing_is_published()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        var plan = await PlanAsync();
        _bench.Flake("b", "h2", "# new");

        var exception = await Assert.ThrowsAsync<PlanOutdatedException>(() => DeployAsync(plan));

        Assert.Equal("h2", Assert.Single(exception.Hosts).ToString());
        Assert.Null(_bench.Current("h1"));
    }

    [Fact]
    public async Task A_plan_that_another_deploy_left_behind_is_refused()
    {
        _bench.Flake("a", "h1");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "# 2");
        var plan = await PlanAsync();
        _bench.Flake("a", "h1", "# 3");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "# 2");

        await Assert.ThrowsAsync<PlanOutdatedException>(() => DeployAsync(plan));
    }

    [Fact]
    public async Task A_host_that_became_due_after_the_plan_was_made_is_not_published_by_it()
    {
        _bench.Flake("a", "h1");
        _bench.Flake("b", "h2");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "# new");
        var plan = await PlanAsync();
        _bench.Flake("b", "h2", "# new");

        var exception = await Assert.ThrowsAsync<PlanOutdatedException>(() => DeployAsync(plan));

        Assert.Equal("h2", Assert.Single(exception.Hosts).ToString());
    }

    [Fact]
    public async Task Nothing_is_published_when_the_answer_is_no()
    {
        _bench.Flake("a", "same");
        await _bench.DeployAsync();
        _bench.Flake("b", "h2");
        var calls = _bench.Transport.Calls.Count;
        DeployPlan? asked = null;

        var report = await _bench.Get<IDeployer>().DeployAsync(Asking(plan =>
        {
            asked = plan;
            return false;
        }), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["h2 Built", "same Unchanged"], report.Hosts.Select(host => $"{host.Host} {host.Outcome}"));
        Assert.Equal("h2", Assert.Single(asked!.Hosts, host => host.Fingerprint is not null).Host.ToString());
        Assert.Empty(_bench.Changes(calls));
    }

    [Fact]
    public async Task Nobody_is_asked_when_nothing_would_be_published()
    {
        _bench.Flake("a", "h1");
        await _bench.DeployAsync();

        var report = await _bench.Get<IDeployer>().DeployAsync(
            Asking(_ => throw new InvalidOperationException("asked")), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(report.IsSuccess);
    }

    [Fact]
    public async Task Of_a_plan_for_all_a_part_may_be_deployed()
    {
        _bench.Flake("lab", "h1", "h2");
        var plan = await PlanAsync();

        var report = await _bench.Get<IDeployer>().DeployAsync(
            new DeployRequest
            {
                Hosts = HostSelector.Parse("h2"),
                Planned = plan.Hosts.ToDictionary(host => host.Host, host => host.Fingerprint!),
            },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["h2 Published 1"], DeployBench.Lines(report));
        Assert.Null(_bench.Current("h1"));
    }

    private void Says(string host, Heartbeat beat) => _bench.Transport.Server.Put(
        HostName.Parse(host), "logs/beat.json", System.Text.Encoding.UTF8.GetString(ReportJson.Write(beat)));

    private Task<DeployPlan> PlanAsync() =>
        _bench.Get<IDeployer>().PlanAsync(new PlanRequest(), cancellationToken: TestContext.Current.CancellationToken);

    private Task<DeployReport> DeployAsync(DeployPlan plan) => _bench.Get<IDeployer>().DeployAsync(
        new DeployRequest
        {
            Planned = plan.Hosts.Where(host => host.Fingerprint is not null).ToDictionary(host => host.Host, host => host.Fingerprint!),
        },
        cancellationToken: TestContext.Current.CancellationToken);

    private static DeployRequest Asking(Func<DeployPlan, bool> answer) => new() { Approve = (plan, _) => Task.FromResult(answer(plan)) };

    private static string Line(HostPlan host) => $"{host.Host} {host.Change} {host.Current}".TrimEnd();

    private static StorePath Path(string name) => StorePath.Parse($"/nix/store/{new string('0', 32)}-{name}");
}
