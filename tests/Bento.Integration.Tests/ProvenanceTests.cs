using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>A fleet that lives in git: publisher and agents with the real git and the real Nix.</summary>
public sealed class ProvenanceTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task A_host_switches_to_a_system_that_knows_its_commit_and_says_which_one()
    {
        using var fleet = TestFleet.Local();
        var git = GitRepository.Init(fleet.Directory);
        WriteFlake(fleet);
        var commit = git.Commit("Close the firewall (c++)");

        var deployed = await fleet.DeployAsync();
        var result = await fleet.RunAgentAsync(Web);
        var status = await fleet.StatusAsync(Web);

        Assert.Equal(DeployOutcome.Published, Assert.Single(deployed.Hosts).Outcome);
        Assert.True(result.Outcome == AttemptOutcome.Succeeded, result.Reason);
        Assert.EndsWith($"-nixos-system-web-{commit[..7]}", fleet.Running(Web), StringComparison.Ordinal);
        Assert.Equal($"{commit[..12]} (main) Close the firewall (c++)", status.Provenance!.ToString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_takes_the_release_of_a_dirty_tree_and_the_one_after_it_was_committed()
    {
        using var fleet = TestFleet.Local();
        var git = GitRepository.Init(fleet.Directory);
        _ = git.Commit("empty");
        WriteFlake(fleet);

        _ = await fleet.DeployAsync();
        var dirty = await fleet.RunAgentAsync(Web);
        Assert.True(dirty.Outcome == AttemptOutcome.Succeeded, dirty.Reason);
        Assert.EndsWith("-nixos-system-web-dirty", fleet.Running(Web), StringComparison.Ordinal);

        var commit = git.Commit("all of it");
        _ = await fleet.DeployAsync();
        var clean = await fleet.RunAgentAsync(Web);

        Assert.True(clean.Outcome == AttemptOutcome.Succeeded, clean.Reason);
        Assert.EndsWith($"-nixos-system-web-{commit[..7]}", fleet.Running(Web), StringComparison.Ordinal);
    }

    private static void WriteFlake(TestFleet fleet) => new TestFlake()
        .WithExpression("web", "mkSystem { host = \"web\"; version = self.shortRev or \"dirty\"; }")
        .WriteTo(Path.Join(fleet.Directory, "hosts", "lab"));
}
