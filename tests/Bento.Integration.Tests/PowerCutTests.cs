using Bento.Agents;
using Bento.Hosts;
using Bento.Testing;
using Bento.Testing.Nix;

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

        Assert.True(result.Outcome == Outcome.Succeeded, result.Reason);
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

        Assert.Equal(Outcome.Succeeded, result.Outcome);
        Assert.Equal("2\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(deployed, fleet.Running(Web));
    }
}
