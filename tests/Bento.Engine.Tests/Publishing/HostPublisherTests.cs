using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.Transport;

namespace Bento.Engine.Tests.Publishing;

public sealed class HostPublisherTests : IDisposable
{
    private readonly DeployBench _bench = new();

    public HostPublisherTests() => _bench.Flake("lab", "h1");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_archive_comes_first_and_the_release_is_the_commit_point()
    {
        await _bench.DeployAsync();

        Assert.Equal(["h1 write content", "h1 write release.json", "h1 write last_change_date"], _bench.Changes());
    }

    [Fact]
    public async Task The_area_holds_what_the_release_says()
    {
        _bench.Directory.WriteFile("hosts/lab/sub/file", "text");

        await _bench.DeployAsync();

        var release = _bench.Current("h1")!;
        Assert.Equal(new ReleaseNumber(0, 1), release.Number);
        Assert.Equal(_bench.Clock.GetUtcNow(), release.Issued);
        Assert.Equal(_bench.Clock.GetUtcNow() + TimeSpan.FromDays(30), release.Expires);
        Assert.Equal(2, release.Content.FileCount);
        Assert.Equal("text", _bench.Shipped("h1", "sub/file"));
        Assert.NotNull(_bench.Transport.Server.Get(HostName.Parse("h1"), $"content/{release.Content.Archive}.tar.gz"));
    }

    // As many as a second publication changes things on the server: archive, release, last_change_date; and one with none.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task FP1_a_publisher_that_is_killed_before_any_write_leaves_old_or_new_and_the_next_one_finishes(int survived)
    {
        await _bench.DeployAsync();
        var old = _bench.Current("h1")!;
        _bench.Flake("lab", "h1", "# new");
        var left = survived;
        _bench.Transport.BeforeCall = (call, _) => call.Operation is "write" or "make" or "remove" or "delete" && left-- == 0
            ? throw new InvalidTimeZoneException("killed")
            : Task.CompletedTask;

        await Record.ExceptionAsync(() => _bench.DeployAsync());
        _bench.Transport.BeforeCall = null;
        var between = _bench.Current("h1")!;
        Assert.NotNull(_bench.Transport.Server.Get(between.Host, $"content/{between.Content.Archive}.tar.gz"));
        Assert.True(between.Id == old.Id || between.Number.Sequence == 2, "neither old nor new");
        await _bench.DeployAsync();

        await AssertFinishedAsync(new ReleaseNumber(0, 2), "h1\n# new");
    }

    [Fact]
    public async Task FP1_a_publisher_that_is_killed_between_release_and_record_is_finished_by_the_next_one()
    {
        await _bench.DeployAsync();
        var records = Path.Join(_bench.Directory.FullPath, ".bento/hosts/h1.json");
        var before = await File.ReadAllBytesAsync(records, TestContext.Current.CancellationToken);
        _bench.Flake("lab", "h1", "# new");
        _bench.Transport.BeforeCall = (call, _) =>
            call is { Operation: "write", Path: "last_change_date" } ? throw new InvalidTimeZoneException("killed") : Task.CompletedTask;
        await Record.ExceptionAsync(() => _bench.DeployAsync());
        _bench.Transport.BeforeCall = null;
        await File.WriteAllBytesAsync(records, before, TestContext.Current.CancellationToken);

        var report = await _bench.DeployAsync();

        Assert.Equal(DeployOutcome.Unchanged, Assert.Single(report.Hosts).Outcome);
        await AssertFinishedAsync(new ReleaseNumber(0, 2), "h1\n# new");
    }

    [Fact]
    public async Task A_deploy_without_changes_writes_nothing_at_all()
    {
        await _bench.DeployAsync();
        var calls = _bench.Transport.Calls.Count;

        await _bench.DeployAsync();

        Assert.Empty(_bench.Changes(calls));
    }

    [Theory]
    [InlineData(3661)]
    [InlineData(2_900_000)]
    public async Task T5_a_time_that_no_clock_was_ahead_by_is_not_carried_on_by_what_is_published_next(int daysAhead)
    {
        await _bench.DeployAsync();
        var now = _bench.Clock.GetUtcNow();
        var ahead = now.AddDays(daysAhead);
        _ = await _bench.Store.UpdateAsync(
            HostName.Parse("h1"),
            record => record with
            {
                Releases =
            [
                record.Releases[0] with { Release = record.Releases[0].Release with { Issued = ahead, Expires = ahead.AddDays(1) } },
            ]
            },
            TestContext.Current.CancellationToken);
        _bench.Flake("lab", "h1", "# new");

        await _bench.DeployAsync();

        var second = _bench.Current("h1")!;
        Assert.Equal((new ReleaseNumber(0, 2), now, now + TimeSpan.FromDays(30)), (second.Number, second.Issued, second.Expires));
    }

    [Fact]
    public async Task FP7_a_clock_that_goes_back_takes_neither_number_nor_time_with_it()
    {
        await _bench.DeployAsync();
        var first = _bench.Current("h1")!;
        _bench.Clock.AdjustTime(_bench.Clock.GetUtcNow() - TimeSpan.FromDays(365));
        _bench.Flake("lab", "h1", "# new");

        await _bench.DeployAsync();

        var second = _bench.Current("h1")!;
        Assert.Equal(new ReleaseNumber(0, 2), second.Number);
        Assert.Equal(first.Issued, second.Issued);
        Assert.Equal(first.Issued + TimeSpan.FromDays(30), second.Expires);
    }

    [Fact]
    public async Task T8_a_lost_status_store_does_not_lose_the_number()
    {
        await _bench.DeployChangesAsync("h1", 2);
        Directory.Delete(Path.Join(_bench.Directory.FullPath, ".bento/hosts"), recursive: true);

        await _bench.DeployChangesAsync("h1", 1);

        Assert.Equal(new ReleaseNumber(0, 3), _bench.Current("h1")!.Number);
    }

    [Fact]
    public async Task T4_a_publisher_at_the_last_number_refuses_to_publish_and_names_the_epoch()
    {
        await _bench.DeployAsync();
        await ForceNumberAsync(new ReleaseNumber(0, long.MaxValue));
        _bench.Flake("lab", "h1", "# new");

        var host = Assert.Single((await _bench.DeployAsync()).Hosts);

        Assert.Equal(DeployOutcome.Failed, host.Outcome);
        Assert.Contains("epoch", host.Failure?.NextStep?.Text, StringComparison.Ordinal);
        Assert.Equal(new ReleaseNumber(0, long.MaxValue), _bench.Current("h1")!.Number);
    }

    [Fact]
    public async Task T4_a_new_epoch_publishes_everything_anew_from_one()
    {
        await _bench.DeployAsync();
        await ForceNumberAsync(new ReleaseNumber(0, long.MaxValue));
        using var next = new DeployBench(options => options.Epoch = 1, directory: _bench.Directory, transport: _bench.Transport);

        Assert.Equal(DeployOutcome.Published, Assert.Single((await next.DeployAsync()).Hosts).Outcome);
        Assert.Equal(new ReleaseNumber(1, 1), next.Current("h1")!.Number);
        Assert.Equal(DeployOutcome.Unchanged, Assert.Single((await next.DeployAsync()).Hosts).Outcome);

        // A publisher that was left behind does not take the fleet back.
        Assert.Equal(DeployOutcome.Failed, Assert.Single((await _bench.DeployAsync()).Hosts).Outcome);
        Assert.Equal(new ReleaseNumber(1, 1), next.Current("h1")!.Number);
    }

    [Theory]
    [InlineData("no release at all")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task T8_a_lost_area_does_not_lose_the_number(string garbage)
    {
        await _bench.DeployChangesAsync("h1", 2);
        _bench.Transport.Server.Put(HostName.Parse("h1"), "release.json", garbage);

        await _bench.DeployChangesAsync("h1", 1);

        Assert.Equal(new ReleaseNumber(0, 3), _bench.Current("h1")!.Number);
    }

    [Fact]
    public async Task A_release_that_is_no_release_is_repaired_although_nothing_changed()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(HostName.Parse("h1"), "release.json", new string('x', ReleaseEnvelope.MaxBytes + 1));

        var report = await _bench.DeployAsync();

        Assert.True(report.IsSuccess);
        Assert.Equal(new ReleaseNumber(0, 2), _bench.Current("h1")!.Number);
    }

    [Fact]
    public async Task FP2_a_full_disk_fails_only_its_host_and_the_old_release_is_still_served()
    {
        _bench.Flake("lab", "h1", "h2");
        await _bench.DeployAsync();
        var old = _bench.Current("h1")!;
        _bench.Flake("lab", "h1", "h2", "# new");
        _bench.Transport.BeforeCall = (call, _) => call.Operation == "write" && call.Host == HostName.Parse("h1")
            ? throw new TransportException(TransportFailure.NoSpace, "The disk is full.")
            : Task.CompletedTask;

        var report = await _bench.DeployAsync();

        Assert.False(report.IsSuccess);
        Assert.Equal([DeployOutcome.Failed, DeployOutcome.Published], report.Hosts.Select(host => host.Outcome));
        Assert.Contains("The disk is full.", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(old.Id, _bench.Current("h1")!.Id);
        Assert.Equal(new ReleaseNumber(0, 2), _bench.Current("h2")!.Number);
    }

    [Fact]
    public async Task FP2_a_status_store_that_cannot_be_written_fails_only_its_host_and_is_made_up_for_later()
    {
        _bench.Flake("lab", "h1", "h2");
        _bench.Directory.WriteFile(".bento/hosts/h1.json/in-the-way");

        var report = await _bench.DeployAsync();

        Assert.Equal([DeployOutcome.Failed, DeployOutcome.Published], report.Hosts.Select(host => host.Outcome));
        Directory.Delete(Path.Join(_bench.Directory.FullPath, ".bento/hosts/h1.json"), recursive: true);
        Assert.True((await _bench.DeployAsync()).IsSuccess);
        Assert.Single((await _bench.RecordAsync("h1")).Releases);
    }

    private async Task ForceNumberAsync(ReleaseNumber number)
    {
        var release = ReleaseIdentity.WithId(_bench.Current("h1")! with { Number = number });
        _bench.Transport.Server.Put(
            release.Host, "release.json", ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(release), [])));
        _ = await _bench.Store.UpdateAsync(
            release.Host,
            record => record with { Releases = [new PublishedRelease { Release = release, At = release.Issued, By = "test" }] },
            TestContext.Current.CancellationToken);
    }

    private async Task AssertFinishedAsync(ReleaseNumber number, string flake)
    {
        var release = _bench.Current("h1")!;
        Assert.Equal(number, release.Number);
        Assert.Equal(flake, _bench.Shipped("h1", "flake.nix"));
        Assert.NotNull(_bench.Transport.Server.Get(release.Host, $"content/{release.Content.Archive}.tar.gz"));
        Assert.Contains(release.Id.ToString(), _bench.Text("h1", "last_change_date"), StringComparison.Ordinal);
        var record = await _bench.RecordAsync("h1");
        Assert.Equal([2L, 1L], record.Releases.Select(published => published.Release.Number.Sequence));
        Assert.Equal(release.Id, record.Releases[0].Release.Id);
    }
}
