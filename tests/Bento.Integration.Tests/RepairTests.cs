using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>What was damaged once and put right again does not stay broken.</summary>
public sealed class RepairTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task FD5_content_that_arrives_damaged_is_tried_again()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        _ = await fleet.DeployAsync();
        var archive = Assert.Single(Directory.GetFiles(Path.Join(fleet.Directory, ".bento", "areas", "web", "content")));
        var good = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        var bad = good.ToArray();
        bad[^10] ^= 1;
        await File.WriteAllBytesAsync(archive, bad, TestContext.Current.CancellationToken);

        var damaged = await fleet.RunAgentAsync(Web);
        await File.WriteAllBytesAsync(archive, good, TestContext.Current.CancellationToken);
        var later = await fleet.RunAgentAsync(Web, later: TimeSpan.FromHours(1));

        Assert.Equal((AttemptOutcome.FetchFailed, AttemptOutcome.Succeeded), (damaged.Outcome, later.Outcome));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_deploy_puts_back_content_that_is_missing()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        _ = await fleet.DeployAsync();
        var content = Path.Join(fleet.Directory, ".bento", "areas", "web", "content");
        File.Delete(Assert.Single(Directory.GetFiles(content)));

        var report = await fleet.DeployAsync();

        Assert.Equal(DeployOutcome.Published, Assert.Single(report.Hosts).Outcome);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_deploy_that_would_unsign_a_signed_fleet_publishes_nothing()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));

        var other = Assert.Single((await fleet.DeployAsync(configure: options => options.Fleet = "other")).Hosts);

        Assert.Equal(DeployOutcome.Failed, other.Outcome);
        Assert.Contains("'test'", other.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await fleet.StatusAsync(Web)).Number?.Sequence);
    }
}
