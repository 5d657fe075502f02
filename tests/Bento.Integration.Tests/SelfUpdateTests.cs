using Bento.Agents;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>A host that updates the inputs of its flake by itself, on a real Nix.</summary>
public sealed class SelfUpdateTests
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly TimeSpan Later = TimeSpan.FromDays(2);

    [Fact(Timeout = 120_000)]
    public async Task A_host_whose_inputs_moved_updates_itself_and_status_says_auto_updated()
    {
        using var fleet = await UpToDateAsync();
        var published = fleet.Running(Web);
        WriteInput(fleet, "2");

        var early = await fleet.RunAgentAsync(Web, options => options.SelfUpdateInterval = TimeSpan.FromDays(30));
        var updated = await fleet.RunAgentAsync(Web, later: Later);
        var status = await fleet.StatusAsync(Web);
        var again = await fleet.RunAgentAsync(Web, later: Later * 2);

        Assert.Equal(AgentConclusion.UpToDate, early.Conclusion);
        Assert.Equal(AttemptOutcome.AutoUpdated, updated.Outcome);
        Assert.StartsWith("Self-update of dep (", updated.Reason, StringComparison.Ordinal);
        Assert.NotEqual(published, fleet.Running(Web));
        Assert.EndsWith("-2", fleet.Running(Web), StringComparison.Ordinal);
        Assert.Equal((HostState.AutoUpdated, StatusFlags.None), (status.State, status.Flags));
        Assert.Equal(AgentConclusion.UpToDate, again.Conclusion);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_new_release_ends_what_the_host_did_by_itself()
    {
        using var fleet = await UpToDateAsync();
        WriteInput(fleet, "2");
        _ = await fleet.RunAgentAsync(Web, later: Later);

        await File.WriteAllTextAsync(Path.Join(fleet.Directory, "hosts", "lab", "note"), "new", TestContext.Current.CancellationToken);
        var deployed = Assert.Single((await fleet.DeployAsync(configure: options => options.AllowLocalInputs = true)).Hosts);
        var result = await fleet.RunAgentAsync(Web, later: Later);

        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
        Assert.Equal(deployed.System!.Value.ToString(), fleet.Running(Web));
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task FA11_inputs_that_did_not_hold_are_rolled_back_and_not_switched_to_again()
    {
        using var fleet = await UpToDateAsync();
        var published = fleet.Running(Web);
        WriteInput(fleet, "2", switchExitCode: 1);

        var failed = await fleet.RunAgentAsync(Web, later: Later);
        var switches = fleet.SwitchCount(Web);
        var again = await fleet.RunAgentAsync(Web, later: Later * 4);

        Assert.Equal((AttemptOutcome.RolledBack, AgentConclusion.UpToDate), (failed.Outcome, again.Conclusion));
        Assert.Equal(published, fleet.Running(Web));
        Assert.Equal(switches, fleet.SwitchCount(Web));
        Assert.Equal(HostState.RolledBack, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task Inputs_that_cannot_be_read_change_nothing()
    {
        using var fleet = await UpToDateAsync();
        var published = fleet.Running(Web);
        await File.WriteAllTextAsync(Path.Join(InputOf(fleet), "flake.nix"), "{ outputs = ", TestContext.Current.CancellationToken);

        var result = await fleet.RunAgentAsync(Web, later: Later);
        var status = await fleet.StatusAsync(Web);

        Assert.Equal(AgentConclusion.UpToDate, result.Conclusion);
        Assert.Equal((published, HostState.UpToDate), (fleet.Running(Web), status.State));
        var beat = await File.ReadAllTextAsync(
            Path.Join(fleet.Directory, ".bento", "areas", "web", "logs", "beat.json"), TestContext.Current.CancellationToken);
        Assert.Contains("The self-update failed", beat, StringComparison.Ordinal);
    }

    private static string InputOf(TestFleet fleet) => fleet.Nix.CreateDirectory("dep");

    private static void WriteInput(TestFleet fleet, string version, int switchExitCode = 0) => File.WriteAllText(
        Path.Join(InputOf(fleet), "flake.nix"), $$"""{ outputs = _: { version = "{{version}}"; code = {{switchExitCode}}; }; }""");

    /// <summary>A host that runs its first release, with an input that may move.</summary>
    private static async Task<TestFleet> UpToDateAsync()
    {
        var fleet = TestFleet.Local();
        WriteInput(fleet, "1");
        var directory = Path.Join(fleet.Directory, "hosts", "lab");
        _ = new TestFlake { Inputs = $"inputs.dep.url = \"path:{InputOf(fleet)}\";" }
            .WithExpression("web", "mkSystem { host = \"web\"; version = self.inputs.dep.version; switchExitCode = self.inputs.dep.code; }")
            .WriteTo(directory);
        _ = Shell.Run("env", [
            .. fleet.Nix.Environment.Where(variable => variable.Value is not null).Select(variable => $"{variable.Key}={variable.Value}"),
            "nix",
            "flake",
            "lock",
            $"path:{directory}",
        ]);
        await File.WriteAllTextAsync(Path.Join(directory, "SELF_UPDATE"), string.Empty, TestContext.Current.CancellationToken);
        _ = await fleet.DeployAsync(configure: options => options.AllowLocalInputs = true);
        _ = await fleet.RunAgentAsync(Web, options => options.SelfUpdateInterval = TimeSpan.FromDays(30));
        return fleet;
    }
}
