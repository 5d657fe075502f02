using Bento.Agents;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>The main job on the embedded default, with a real Nix.</summary>
public sealed class MainJobTests
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    [Fact(Timeout = 120_000)]
    public async Task A_host_whose_build_fails_keeps_its_release_and_the_others_go_on()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }), ("db", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        fleet.WriteFlake(
            "lab",
            ("web", new TestSystem { Version = "2" }),
            ("db", new TestSystem { Version = "2", BuildScript = "echo disk on fire; exit 3" }));

        var report = await fleet.DeployAsync();

        var (db, web) = (report.Hosts[0], report.Hosts[1]);
        Assert.Equal((DeployOutcome.Failed, DeployOutcome.Published), (db.Outcome, web.Outcome));
        Assert.Contains("disk on fire", db.LogTail);
        Assert.Equal(1, (await fleet.StatusAsync(Db)).Number?.Sequence);
        Assert.Equal(2, (await fleet.StatusAsync(Web)).Number?.Sequence);
        Assert.False(report.IsSuccess);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_release_that_changes_only_files_is_sync_pending_and_switches_nothing()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        await File.WriteAllTextAsync(
            Path.Join(fleet.Directory, "hosts", "lab", "notes.txt"), "nothing that a system uses", TestContext.Current.CancellationToken);
        Assert.Equal(DeployOutcome.Published, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);
        Assert.Equal(HostState.SyncPending, (await fleet.StatusAsync(Web)).State);

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(Web)).State);
        Assert.Equal(1, fleet.SwitchCount(Web));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(4, AttemptOutcome.Degraded, HostState.UpToDate)]
    [InlineData(100, AttemptOutcome.RebootNeeded, HostState.UpToDate)]
    [InlineData(1, AttemptOutcome.ActivationFailed, HostState.Failing)]
    public async Task The_exit_code_of_a_switch_decides_what_is_reported(int exitCode, AttemptOutcome outcome, HostState state)
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { SwitchExitCode = exitCode }));
        _ = await fleet.DeployAsync();

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(state, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task T11_a_release_of_another_host_is_refused_shown_and_nothing_of_it_fetched()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()), ("db", new TestSystem()));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        var state = fleet.State(Web);
        File.Copy(Area(fleet, "db", "release.json"), Area(fleet, "web", "release.json"), overwrite: true);

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal((AgentConclusion.Refused, Refusal.WrongHost), (result.Conclusion, result.Refusal));
        Assert.Equal(1, fleet.SwitchCount(Web));
        var status = await fleet.StatusAsync(Web);
        Assert.Equal(HostState.Refused, status.State);
        Assert.Contains("'db'", status.Reason, StringComparison.Ordinal);
        Assert.Equal(state, fleet.State(Web));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("truncated")]
    [InlineData("oversized")]
    [InlineData("foreign")]
    public async Task A_release_that_is_none_is_refused_by_name_and_the_running_system_untouched(string damage)
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        var path = Area(fleet, "web", "release.json");
        var good = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        switch (damage)
        {
            case "truncated":
                await File.WriteAllBytesAsync(path, good[..^20], TestContext.Current.CancellationToken);
                break;
            case "oversized":
                await File.WriteAllBytesAsync(path, new byte[ReleaseEnvelope.MaxBytes + 1], TestContext.Current.CancellationToken);
                break;
            default:
                _ = File.CreateSymbolicLink(path, "/etc/passwd");
                break;
        }

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal((AgentConclusion.Refused, Refusal.Malformed), (result.Conclusion, result.Refusal));
        Assert.Contains("release.json", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, fleet.SwitchCount(Web));
    }

    [Fact(Timeout = 300_000)]
    public async Task Fifty_hosts_of_one_flake_are_deployed_and_left_alone_when_nothing_changes()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("many", [.. Enumerable.Range(1, 50).Select(n => ($"h{n:D2}", new TestSystem { Version = $"{n}" }))]);

        var first = await fleet.DeployAsync();
        var second = await fleet.DeployAsync();

        Assert.Equal(50, first.Hosts.Count(host => host.Outcome == DeployOutcome.Published));
        Assert.Equal(50, second.Hosts.Count(host => host.Outcome == DeployOutcome.Unchanged));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_flake_at_the_root_ships_its_whole_tree_and_says_so()
    {
        using var fleet = TestFleet.Local();
        _ = new TestFlake().With("web").WriteTo(fleet.Directory);
        await File.WriteAllTextAsync(Path.Join(fleet.Directory, "bento.json"), "{}", TestContext.Current.CancellationToken);

        var report = await fleet.DeployAsync();
        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
        Assert.Contains(report.Remarks, remark => remark.Contains("whole tree", StringComparison.Ordinal));
        Assert.False(File.Exists(Area(fleet, "web", "config/bento.json")));
        Assert.False(Directory.Exists(Area(fleet, "web", "config/.bento")));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_only_evaluates_here_is_still_compared_exactly()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        await File.WriteAllTextAsync(
            Path.Join(fleet.Directory, "hosts", "lab", "NOLOCALBUILD"), string.Empty, TestContext.Current.CancellationToken);

        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts);
        Assert.False(Directory.Exists(deployed.System!.Value.ToString()));
        _ = await fleet.RunAgentAsync(Web);

        var status = await fleet.StatusAsync(Web);
        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal(status.Expected, status.Running);
    }

    private static string Area(TestFleet fleet, string host, string path) => Path.Join(fleet.Directory, ".bento", "areas", host, path);
}
