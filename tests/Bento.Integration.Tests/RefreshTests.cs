using Bento.Agents;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Releases that stay valid, signed anew and never tried again.</summary>
public sealed class RefreshTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task A_refreshed_release_is_taken_as_the_one_that_the_host_has()
    {
        using var fleet = await PublishedAsync();

        var report = await RefreshAsync(fleet);
        var poll = await fleet.RunAgentAsync(Web);

        Assert.Equal(DeployOutcome.Refreshed, Assert.Single(report.Hosts).Outcome);
        Assert.Equal((AgentConclusion.UpToDate, 1), (poll.Conclusion, fleet.SwitchCount(Web)));
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task T5_a_deploy_without_changes_refreshes_what_has_lived_for_half_of_its_time()
    {
        using var fleet = await PublishedAsync(TimeSpan.FromHours(1));

        var longer = await fleet.DeployAsync(configure: options => options.ReleaseLifetime = TimeSpan.FromDays(30));
        var again = await fleet.DeployAsync(configure: options => options.ReleaseLifetime = TimeSpan.FromDays(30));

        Assert.Equal(
            [(DeployOutcome.Refreshed, 1L), (DeployOutcome.Unchanged, 1L)],
            new[] { longer, again }.Select(report => Assert.Single(report.Hosts))
                .Select(host => (host.Outcome, host.Number!.Value.Sequence)));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_somebody_else_put_into_an_area_is_never_signed()
    {
        using var fleet = await PublishedAsync();
        var path = Path.Join(fleet.Directory, ".bento", "areas", "web", "release.json");
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        var old = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        _ = await fleet.DeployAsync();
        await File.WriteAllBytesAsync(path, old, TestContext.Current.CancellationToken);

        var report = await RefreshAsync(fleet);

        Assert.Equal(DeployOutcome.Failed, Assert.Single(report.Hosts).Outcome);
        Assert.Equal(old, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    private static async Task<TestFleet> PublishedAsync(TimeSpan? lifetime = null)
    {
        var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync(configure: options => options.ReleaseLifetime = lifetime ?? options.ReleaseLifetime);
        _ = await fleet.RunAgentAsync(Web);
        return fleet;
    }

    private static async Task<DeployReport> RefreshAsync(TestFleet fleet)
    {
        await using var services = fleet.Operator(null);
        return await services.GetRequiredService<IDeployer>()
            .RefreshAsync(new RefreshRequest(), null, TestContext.Current.CancellationToken);
    }
}
