using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Status;

/// <summary>Status through the public door: what hosts wrote into their <c>logs/</c>, however hostile, and what comes of it.</summary>
public sealed class FleetStatusTests : IDisposable
{
    private static readonly HostName H1 = HostName.Parse("h1");

    private readonly FleetStatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_report_of_the_current_release_makes_it_green()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));

        var statuses = await _bench.StatusAsync();

        Assert.Equal([HostState.UpToDate, HostState.NewMachine], statuses.Select(status => status.State));
    }

    [Fact]
    public async Task H16_what_a_host_deletes_or_rewrites_later_changes_nothing()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1") with { Outcome = AttemptOutcome.BuildFailed });
        await _bench.StatusAsync();

        _bench.Report(_bench.Result("h1"));
        Assert.Equal(HostState.Failing, (await _bench.StatusAsync())[0].State);
        await _bench.DeleteAsync("logs/1-1-result.json");
        Assert.Equal(HostState.Failing, (await _bench.StatusAsync())[0].State);
    }

    [Fact]
    public async Task H16_a_host_that_was_heard_once_is_never_new_again()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(
            H1,
            "logs/beat.json",
            ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));
        await _bench.StatusAsync();
        await _bench.DeleteAsync("logs/beat.json");

        Assert.Equal(HostState.RebuildPending, (await _bench.StatusAsync())[0].State);
    }

    [Fact]
    public async Task A_host_whose_heartbeat_was_taken_away_is_as_old_as_the_last_look_and_has_a_remark()
    {
        await _bench.DeployAsync();
        var beat = ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromMinutes(15), Agent = "1" });
        var clock = new FakeTimeProvider(_bench.Clock.GetUtcNow());
        _bench.Transport.Server.Clock = clock;
        _bench.Transport.Server.Put(H1, "logs/beat.json", beat);
        Assert.Empty((await _bench.StatusAsync())[0].Remarks);
        clock.Advance(TimeSpan.FromDays(10));
        _bench.Clock.Advance(TimeSpan.FromDays(10));
        _bench.Transport.Server.Put(H1, "logs/beat.json", beat);
        Assert.Empty((await _bench.StatusAsync())[0].Remarks);

        await _bench.DeleteAsync("logs/beat.json");
        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.RebuildPending, _bench.Clock.GetUtcNow()), (status.State, status.LastSeen));
        Assert.StartsWith("No heartbeat can be read in logs/", Assert.Single(status.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_broken_host_costs_one_row_a_remark()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h2"));
        _bench.Directory.WriteFile(".bento/hosts/h1.json", "garbage");

        var statuses = await _bench.StatusAsync();

        Assert.Equal(HostState.UpToDate, statuses[1].State);
        Assert.Contains("h1.json", Assert.Single(statuses[0].Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_never_nothing_published_and_all_well()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        _bench.Directory.WriteFile(".bento/hosts/h1.json", "{");
        await _bench.DeleteAsync("release.json");

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(
            ("What was published for this host cannot be read.", StatusFlags.Unreadable, true),
            (status.Reason, status.Flags, status.NeedsAttention));
        Assert.Contains("h1.json", status.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_judged_all_the_same()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        File.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        _ = Directory.CreateDirectory(_bench.Directory[".bento/hosts/.h1.lock"]);

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.None), (status.State, status.Flags));
        Assert.Contains("could not be kept", Assert.Single(status.Remarks), StringComparison.Ordinal);
        Directory.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        Assert.Empty((await _bench.StatusAsync())[0].Remarks);
    }

    [Fact]
    public async Task One_area_that_cannot_be_listed_costs_one_row_a_remark_and_not_its_past()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "list" } && call.Host == H1
            ? throw new TransportException(TransportFailure.Denied, "Not allowed.")
            : Task.CompletedTask;

        var statuses = await _bench.StatusAsync();

        Assert.Equal(HostState.UpToDate, statuses[0].State);
        Assert.Equal(["Not allowed."], statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task A_release_that_nobody_recorded_is_adopted()
    {
        await _bench.DeployAsync();
        Directory.Delete(Path.Join(_bench.Directory.FullPath, ".bento/hosts"), recursive: true);
        _bench.Report(_bench.Result("h1"));

        var statuses = await _bench.StatusAsync();

        Assert.Equal([HostState.UpToDate, HostState.NewMachine], statuses.Select(status => status.State));
        Assert.Single((await _bench.RecordAsync("h1")).Releases);
    }

    // The clock of the server went back in between, or did not move.
    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task T4_reports_of_a_new_epoch_are_read_although_their_names_were_used_before(int seconds)
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        _bench.Transport.Server.Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var next = ReleaseIdentity.WithId(_bench.Current("h1")! with { Number = new ReleaseNumber(1, 1) });
        _bench.Transport.Server.Put(H1, "release.json", ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(next), [])));
        await _bench.Store.UpdateAsync(
            H1, record => RecordUpdate.Adopt(record, next, _bench.Clock.GetUtcNow()), TestContext.Current.CancellationToken);
        _bench.Report(_bench.Result("h1") with { Release = next.Id, Number = next.Number });

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, new ReleaseNumber(1, 1)), (status.State, status.Number));
        Assert.Equal([1L, 0L], (await _bench.RecordAsync("h1")).Attempts.Select(attempt => attempt.Number.Epoch));
    }

    [Fact]
    public async Task T4_a_report_of_a_new_epoch_is_found_among_all_that_the_old_one_left()
    {
        await _bench.DeployAsync();
        foreach (var _ in Enumerable.Range(1, 25))
        {
            _bench.Report(_bench.Result("h1"));
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await _bench.PublishAgainAsync();
        }

        await _bench.StatusAsync();
        _bench.Transport.Server.Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        var next = ReleaseIdentity.WithId(_bench.Current("h1")! with { Number = new ReleaseNumber(1, 1) });
        _bench.Transport.Server.Put(H1, "release.json", ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(next), [])));
        await _bench.Store.UpdateAsync(
            H1, record => RecordUpdate.Adopt(record, next, _bench.Clock.GetUtcNow()), TestContext.Current.CancellationToken);
        _bench.Report(_bench.Result("h1") with { Release = next.Id, Number = next.Number });

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, new ReleaseNumber(1, 1)), (status.State, status.Number));
    }

    [Fact]
    public async Task A_selection_of_nobody_says_who_is_near()
    {
        await _bench.DeployAsync();

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(
            () => _bench.Status.ReadAsync(HostSelector.Parse("h3"), TestContext.Current.CancellationToken));

        Assert.Contains("Did you mean h1 or h2?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_area_without_a_release_is_unpublished()
    {
        _bench.Transport.Server.Put(HostName.Parse("guest"), "logs/x", "x");

        Assert.Equal(HostState.Unpublished, Assert.Single(await _bench.StatusAsync()).State);
    }

    [Fact]
    public async Task A_host_that_was_taken_out_of_its_flake_is_shown_as_removed()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        _bench.Flake("lab", "h2");
        await _bench.DeployAsync();

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.Removed, false), (status.State, status.NeedsAttention));
        Assert.Contains("release 1", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_first_build_failed_is_shown_although_nothing_was_published_for_it()
    {
        _bench.Flake("lab", "h1", "h2", "broken!build");
        await _bench.DeployAsync();

        var status = Assert.Single(await _bench.StatusAsync(), status => status.Host.ToString() == "broken");

        Assert.Equal(HostState.Unpublished, status.State);
    }
}
