using System.Text.Json.Nodes;
using Bento.Protocol;
using Bento.TestBench;
using Bento.TestBench.Fleet;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>What a power cut may leave of a store, on a real Nix.</summary>
public sealed class PowerCutTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task FB4_derivations_that_never_reached_the_disk_are_made_anew()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        var connections = 0;
        _ = await fleet.RunAgentAsync(Web, isReachable: () => connections++ == 0);

        var derivations = Directory.GetFiles(fleet.Nix.StoreDirectory, "*.drv");
        Assert.NotEmpty(derivations);
        foreach (var derivation in derivations)
        {
            _ = Shell.Run("chmod", "u+w", derivation);
            await File.WriteAllTextAsync(derivation, string.Empty, TestContext.Current.CancellationToken);
        }

        fleet.Boot(Web);
        var result = await fleet.RunAgentAsync(Web);

        Assert.True(result.Outcome == AttemptOutcome.Succeeded, result.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task FB4_a_file_that_never_reached_the_disk_is_found_and_made_anew_before_the_switch()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts).System!.Value.ToString();
        var connections = 0;
        _ = await fleet.RunAgentAsync(Web, isReachable: () => connections++ == 0);

        // Between build and switch the power goes, and with it what was not on the disk yet.
        var file = Path.Join(deployed, "nixos-version");
        _ = Shell.Run("chmod", "-R", "u+w", deployed);
        await File.WriteAllTextAsync(file, string.Empty, TestContext.Current.CancellationToken);
        fleet.Boot(Web);
        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
        Assert.Equal("2\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(deployed, fleet.Running(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task FP8_what_was_said_to_be_published_is_there_after_a_power_cut()
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? string.Empty);
        using var disk = new LoopDisk();
        var areas = Path.Join(disk.FullPath, "areas");
        using var fleet = TestFleet.With(
            operators => operators.UseLocalDirectory(options => options.Directory = areas),
            (agent, _) => agent.UseLocalDirectory(options => options.Directory = areas));
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        var deployed = Assert.Single((await fleet.DeployAsync()).Hosts);

        var area = Path.Join(disk.CutPower(), "areas", "web");

        var found = SeenRelease.Read(path => File.Exists(Path.Join(area, path)) ? File.ReadAllBytes(Path.Join(area, path)) : null);
        Assert.Equal((deployed.Number, deployed.System, true), (found?.Number, found?.System, found?.IsWhole));
    }

    [Fact(Timeout = 120_000)]
    public async Task FA2_T8_what_an_agent_accepted_and_did_is_in_its_journal_after_a_power_cut()
    {
        Assert.SkipWhen(LoopDisk.WhyNot is not null, LoopDisk.WhyNot ?? string.Empty);
        using var disk = new LoopDisk();
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        var connections = 0;

        // The server goes away between build and switch: what the agent decided until then is all on the disk.
        _ = await fleet.RunAgentAsync(Web, options => options.StateDirectory = Path.Join(disk.FullPath, "state"), () => connections++ == 0);
        var state = Path.Join(disk.CutPower(), "state");

        Assert.All(new[] { "journal.json", "journal.copy.json" }, copy => Assert.Equal(
            (1, "Ready"),
            JsonNode.Parse(File.ReadAllBytes(Path.Join(state, copy))) is { } journal
                ? (journal["sequence"]!.GetValue<int>(), journal["attempt"]!["phase"]!.GetValue<string>())
                : default));
        var result = await fleet.RunAgentAsync(Web, options => options.StateDirectory = state);
        Assert.Equal(AttemptOutcome.Succeeded, result.Outcome);
    }
}
