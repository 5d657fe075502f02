using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>What keeps the system to go back to from a garbage collector, on a real Nix.</summary>
public sealed class WayBackTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task FA3_the_system_to_go_back_to_has_a_root_in_the_confirm_window_and_none_of_ours_after_it()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        _ = await fleet.RunAgentAsync(Web);
        var before = fleet.Running(Web);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync(
            configure: options => options.Hosts["web"] = new BentoHostOptions { ConfirmTimeout = TimeSpan.FromSeconds(10) });
        var link = Path.Join(fleet.Nix.CreateDirectory("machines/web"), "state", "way-back");
        var kept = new List<string?>();
        var isRooted = false;

        var result = await fleet.RunAgentAsync(Web, isReachable: () =>
        {
            if (fleet.Running(Web) == before)
            {
                return true;
            }

            kept.Add(new FileInfo(link).LinkTarget);
            isRooted = Directory.EnumerateFileSystemEntries(Path.Join(fleet.Nix.Environment["NIX_STATE_DIR"], "gcroots", "auto"))
                .Any(root => new FileInfo(root).LinkTarget == link);
            return false;
        });

        Assert.Equal(AttemptOutcome.RolledBack, result.Outcome);
        Assert.All(kept, system => Assert.Equal(before, system));
        Assert.True(isRooted, "Nix does not know the link");
        Assert.Null(new FileInfo(link).LinkTarget);
    }
}
