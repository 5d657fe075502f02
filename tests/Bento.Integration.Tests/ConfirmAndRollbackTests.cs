using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>What happens after a switch, on a real Nix: confirmed, or back on the system that ran before.</summary>
public sealed class ConfirmAndRollbackTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task FA4_FA5_a_switch_that_fails_is_rolled_back_to_the_remembered_system_and_not_tried_again()
    {
        using var fleet = await UpToDateAsync();
        var before = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }));
        _ = await fleet.DeployAsync();

        var failed = await fleet.RunAgentAsync(Web);
        var again = await fleet.RunAgentAsync(Web);

        Assert.Equal((AttemptOutcome.RolledBack, AgentConclusion.Waiting), (failed.Outcome, again.Conclusion));
        Assert.Equal(before, fleet.Running(Web));
        Assert.Equal(3, fleet.SwitchCount(Web));
        Assert.Equal(HostState.RolledBack, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_health_check_that_does_not_hold_rolls_back_when_the_window_is_over()
    {
        using var fleet = await UpToDateAsync();
        var before = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync(configure: options =>
        {
            var host = new BentoHostOptions { ConfirmTimeout = TimeSpan.FromSeconds(10) };
            host.HealthChecks.Add(new HealthCheck.Command(["/bin/false"], TimeSpan.FromSeconds(5)));
            options.Hosts["web"] = host;
        });

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.RolledBack, result.Outcome);
        Assert.Contains("/bin/false", result.Reason, StringComparison.Ordinal);
        Assert.Equal(before, fleet.Running(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task FA7_a_new_system_that_cuts_the_network_is_undone_and_the_report_arrives_afterwards()
    {
        using var fleet = await UpToDateAsync();
        var before = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync(
            configure: options => options.Hosts["web"] = new BentoHostOptions { ConfirmTimeout = TimeSpan.FromSeconds(10) });

        var result = await fleet.RunAgentAsync(Web, isReachable: () => fleet.Running(Web) == before);

        Assert.Equal((AttemptOutcome.RolledBack, true), (result.Outcome, result.IsReported));
        Assert.Equal(before, fleet.Running(Web));
        Assert.Equal(HostState.RolledBack, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task T13_a_host_whose_reports_are_held_back_after_the_fetch_is_never_green_and_then_silent()
    {
        using var fleet = await UpToDateAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync();
        var connections = 0;

        _ = await fleet.RunAgentAsync(Web, isReachable: () => ++connections == 1);

        Assert.True(connections > 1, "nothing was held back");
        Assert.NotEqual(HostState.UpToDate, (await fleet.StatusAsync(Web)).State);
        Assert.Equal(HostState.Silent, (await fleet.StatusAsync(Web, later: TimeSpan.FromHours(1))).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task FA8_a_server_that_goes_away_before_the_switch_makes_it_wait_and_rolls_nothing_back()
    {
        using var fleet = await UpToDateAsync();
        var before = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts);

        var connections = 0;
        var away = await fleet.RunAgentAsync(Web, isReachable: () => connections++ == 0);
        Assert.Equal(before, fleet.Running(Web));
        var back = await fleet.RunAgentAsync(Web);

        Assert.Equal(AgentConclusion.Waiting, away.Conclusion);
        Assert.Equal(AttemptOutcome.Succeeded, back.Outcome);
        Assert.Equal(deployed.System!.Value.ToString(), fleet.Running(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task FA12_a_leftover_of_a_killed_nix_env_is_no_generation_to_go_back_to()
    {
        using var fleet = await UpToDateAsync();
        var before = fleet.Running(Web)!;
        var profile = fleet.Profile(Web);
        _ = File.CreateSymbolicLink($"{profile}-7-link.tmp-123-456", "/nix/store/of-somebody-else");
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2", SwitchExitCode = 1 }));
        _ = await fleet.DeployAsync();

        Assert.Equal(AttemptOutcome.RolledBack, (await fleet.RunAgentAsync(Web)).Outcome);
        Assert.Equal((before, before), (fleet.Running(Web), Directory.ResolveLinkTarget(profile, returnFinalTarget: true)!.FullName));
    }

    [Fact(Timeout = 120_000)]
    public async Task FB6_what_was_built_survives_the_garbage_collector_until_it_is_switched_to()
    {
        using var fleet = await UpToDateAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        await File.WriteAllTextAsync(
            Path.Join(fleet.Directory, "hosts", "lab", "NOLOCALBUILD"), string.Empty, TestContext.Current.CancellationToken);
        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts).System!.Value.ToString();
        var connections = 0;
        _ = await fleet.RunAgentAsync(Web, isReachable: () => connections++ == 0);
        Assert.True(Directory.Exists(deployed));

        _ = Shell.Run("env", [
            .. fleet.Nix.Environment.Where(variable => variable.Value is not null).Select(variable => $"{variable.Key}={variable.Value}"),
            "nix-store",
            "--gc",
        ]);

        Assert.True(Directory.Exists(deployed));
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
    }

    /// <summary>A host that runs its first release.</summary>
    private static async Task<TestFleet> UpToDateAsync()
    {
        var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        return fleet;
    }
}
