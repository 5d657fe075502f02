using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>A host that writes without end costs a number of looks and pushes nothing out.</summary>
public sealed class ReportFloodTests : IDisposable
{
    private static readonly HostName H1 = HostName.Parse("h1");

    private readonly FleetStatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task H7_entries_without_end_are_not_read_to_their_end()
    {
        await _bench.DeployAsync();
        for (var number = 0; number < 6000; number++)
        {
            _bench.Transport.Server.Put(H1, $"logs/junk-{number}", []);
        }

        var status = (await _bench.StatusAsync())[0];

        Assert.Contains("There are more than 5000 entries in logs/; the rest was not looked at.", status.Remarks);
    }

    [Fact]
    public async Task H7_the_heartbeat_is_found_behind_entries_without_end()
    {
        await _bench.DeployAsync();
        for (var number = 0; number < 6000; number++)
        {
            _bench.Transport.Server.Put(H1, $"logs/junk-{number}", []);
        }

        _bench.Transport.Server.Put(
            H1,
            "logs/beat.json",
            ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));

        Assert.NotNull((await _bench.StatusAsync())[0].LastSeen);
    }

    [Fact]
    public async Task H7_files_named_like_reports_are_opened_up_to_a_number_and_the_host_needs_attention()
    {
        await _bench.DeployAsync();
        for (var number = 1; number <= 1000; number++)
        {
            _bench.Transport.Server.Put(H1, $"logs/1-{number}-result.json", []);
        }

        var calls = _bench.Transport.Calls.Count;

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(40, _bench.Transport.Calls.Skip(calls)
            .Count(call => call is { Operation: "read" } && call.Path.EndsWith("result.json", StringComparison.Ordinal)));
        Assert.Equal((StatusFlags.Unreadable, true), (status.Flags, status.NeedsAttention));
        Assert.Equal(
            [
                "40 files in logs/ that are named like new reports are something else; the rest was not opened.",
                "40 unreadable reports in logs/.",
            ],
            status.Remarks);
    }

    [Fact]
    public async Task H7_a_host_whose_reports_take_too_long_is_left()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1") with { Attempt = 2 });
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.BeforeCall = (call, _) =>
        {
            _bench.Clock.Advance(call is { Operation: "read" } && call.Path.EndsWith("result.json", StringComparison.Ordinal)
                ? TimeSpan.FromSeconds(11)
                : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.Unreadable), (status.State, status.Flags));
        Assert.Equal(["Its logs/ could not be read within 10 seconds; the rest was not looked at."], status.Remarks);
    }

    [Fact]
    public async Task H16_attempts_at_releases_that_nobody_published_push_nothing_out()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        foreach (var sequence in Enumerable.Range(2, 60))
        {
            var forged = _bench.Result("h1") with
            {
                Number = new ReleaseNumber(0, sequence),
                Release = SomeRelease.Of(sequence: sequence).Id,
                Outcome = AttemptOutcome.BuildFailed,
            };
            _bench.Transport.Server.Put(H1, $"logs/{sequence}-1-result.json", ReportJson.Write(forged));
        }

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal(
            [
                "40 files in logs/ that are named like new reports are something else; the rest was not opened.",
                "40 reports about releases that were never published.",
            ], status.Remarks);
        Assert.Equal(AttemptOutcome.Succeeded, Assert.Single((await _bench.RecordAsync("h1")).Attempts).Result?.Outcome);
    }

    [Fact]
    public async Task H16_a_flood_of_attempts_at_one_release_leaves_half_of_the_room_to_the_past()
    {
        await _bench.DeployAsync();
        var first = _bench.Result("h1");
        _bench.Report(first with { Outcome = AttemptOutcome.BuildFailed });
        await _bench.StatusAsync();
        await _bench.PublishAgainAsync();
        foreach (var attempt in Enumerable.Range(1, 60))
        {
            _bench.Report(_bench.Result("h1") with { Attempt = attempt });
        }

        await _bench.StatusAsync();

        var attempts = (await _bench.RecordAsync("h1")).Attempts;
        Assert.Equal(
            Enumerable.Range(51, 10).Reverse(), attempts.Where(attempt => attempt.Number.Sequence == 2).Select(attempt => attempt.Attempt));
        Assert.Equal(first.Number, attempts[^1].Number);
    }
}
