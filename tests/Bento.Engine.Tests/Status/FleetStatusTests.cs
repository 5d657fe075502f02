using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Telemetry;
using Bento.Testing;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Status;

/// <summary>Status through the public door: what hosts wrote into their <c>logs/</c>, however hostile, and what comes of it.</summary>
public sealed class FleetStatusTests : IDisposable
{
    private static readonly HostName H1 = HostName.Parse("h1");

    private readonly DeployBench _bench = new();

    public FleetStatusTests() => _bench.Flake("lab", "h1", "h2");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_report_of_the_current_release_makes_it_green()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));

        var statuses = await StatusAsync();

        Assert.Equal([HostState.UpToDate, HostState.NewMachine], statuses.Select(status => status.State));
    }

    [Fact]
    public async Task H16_what_a_host_deletes_or_rewrites_later_changes_nothing()
    {
        await _bench.DeployAsync();
        Report(Result("h1") with { Outcome = AttemptOutcome.BuildFailed });
        await StatusAsync();

        Report(Result("h1"));
        Assert.Equal(HostState.Failing, (await StatusAsync())[0].State);
        await DeleteAsync("logs/1-1-result.json");
        Assert.Equal(HostState.Failing, (await StatusAsync())[0].State);
    }

    [Fact]
    public async Task H16_a_host_that_was_heard_once_is_never_new_again()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/beat.json", ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));
        await StatusAsync();
        await DeleteAsync("logs/beat.json");

        Assert.Equal(HostState.RebuildPending, (await StatusAsync())[0].State);
    }

    [Fact]
    public async Task A_host_whose_heartbeat_was_taken_away_is_as_old_as_the_last_look_and_has_a_remark()
    {
        await _bench.DeployAsync();
        var beat = ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromMinutes(15), Agent = "1" });
        var clock = new FakeTimeProvider(_bench.Clock.GetUtcNow());
        _bench.Transport.Server.Clock = clock;
        _bench.Transport.Server.Put(H1, "logs/beat.json", beat);
        Assert.Empty((await StatusAsync())[0].Remarks);
        clock.Advance(TimeSpan.FromDays(10));
        _bench.Clock.Advance(TimeSpan.FromDays(10));
        _bench.Transport.Server.Put(H1, "logs/beat.json", beat);
        Assert.Empty((await StatusAsync())[0].Remarks);

        await DeleteAsync("logs/beat.json");
        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.RebuildPending, _bench.Clock.GetUtcNow()), (status.State, status.LastSeen));
        Assert.StartsWith("No heartbeat can be read in logs/", Assert.Single(status.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-1-result.json.bak")]
    [InlineData("01-1-result.txt")]
    [InlineData("-1-1-result.json")]
    [InlineData("99999999999999999999-1-result.json")]
    [InlineData("1-9999999999-result.json")]
    [InlineData("9223372036854775808-1-result.json")]
    [InlineData("١-1-result.json")]
    [InlineData("1-1-RESULT.json")]
    [InlineData("beat.json\n")]
    [InlineData("\u001b[2J")]
    [InlineData("%s%n")]
    [InlineData("\u202egnp.exe")]
    public async Task H8_a_foreign_name_costs_one_remark_that_does_not_say_it(string name)
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        _bench.Transport.Server.Put(H1, $"logs/{name}", "x");

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal(["1 foreign entry in logs/."], status.Remarks);
    }

    [Fact]
    public async Task H1_what_is_no_plain_file_is_counted_and_not_opened()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.PutForeign(H1, "logs/1-1-result.json");
        _bench.Transport.Server.PutForeign(H1, "logs/beat.json");
        var calls = _bench.Transport.Calls.Count;

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.NewMachine, status.State);
        Assert.Equal(["2 foreign entries in logs/."], status.Remarks);
        Assert.DoesNotContain(_bench.Transport.Calls.Skip(calls), call => call.Path.StartsWith("logs/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\u0001")]
    [InlineData("""{"schema":1,"schema":1}""")]
    public async Task H10_a_report_that_is_none_costs_one_remark(string text)
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/1-1-result.json", text);
        _bench.Transport.Server.Put(H1, "logs/1-2-start.json", text);
        _bench.Transport.Server.Put(H1, "logs/beat.json", text);

        var statuses = await StatusAsync();

        Assert.Equal(["3 unreadable reports in logs/."], statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task H10_a_report_that_trips_its_reader_costs_one_row_one_remark()
    {
        await _bench.DeployAsync();
        Report(Result("h2"));
        var text = System.Text.Encoding.UTF8.GetString(ReportJson.Write(Result("h1")));
        _bench.Transport.Server.Put(H1, "logs/1-1-result.json", text.Replace("\"failedUnits\":[]", "\"failedUnits\":[null]", StringComparison.Ordinal));

        var statuses = await StatusAsync();

        Assert.Equal([HostState.NewMachine, HostState.UpToDate], statuses.Select(status => status.State));
        Assert.Single(statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task H4_a_report_that_is_too_long_costs_one_remark()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/1-1-result.json", new byte[ReportJson.MaxBytes + 1]);

        Assert.Equal(["1 unreadable report in logs/."], (await StatusAsync())[0].Remarks);
    }

    [Theory]
    [InlineData("logs/2-1-result.json")]
    [InlineData("logs/1-2-result.json")]
    public async Task H11_a_report_that_says_another_thing_than_its_name_is_unreadable(string path)
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, path, ReportJson.Write(Result("h1")));

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.NewMachine, status.State);
        Assert.Equal(["1 unreadable report in logs/."], status.Remarks);
    }

    [Fact]
    public async Task H7_entries_without_end_are_not_read_to_their_end()
    {
        await _bench.DeployAsync();
        for (var number = 0; number < 6000; number++)
        {
            _bench.Transport.Server.Put(H1, $"logs/junk-{number}", []);
        }

        var status = (await StatusAsync())[0];

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

        _bench.Transport.Server.Put(H1, "logs/beat.json", ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));

        Assert.NotNull((await StatusAsync())[0].LastSeen);
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

        var status = (await StatusAsync())[0];

        Assert.Equal(40, _bench.Transport.Calls.Skip(calls).Count(call => call is { Operation: "read" } && call.Path.EndsWith("result.json", StringComparison.Ordinal)));
        Assert.Equal((StatusFlags.Unreadable, true), (status.Flags, status.NeedsAttention));
        Assert.Equal(["40 files in logs/ that are named like new reports are none; the rest was not opened.", "40 unreadable reports in logs/."], status.Remarks);
    }

    [Fact]
    public async Task H7_a_host_whose_reports_take_too_long_is_left()
    {
        await _bench.DeployAsync();
        Report(Result("h1") with { Attempt = 2 });
        Report(Result("h1"));
        _bench.Transport.BeforeCall = (call, _) =>
        {
            _bench.Clock.Advance(call is { Operation: "read" } && call.Path.EndsWith("result.json", StringComparison.Ordinal) ? TimeSpan.FromSeconds(11) : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.Unreadable), (status.State, status.Flags));
        Assert.Equal(["Its logs/ could not be read within 10 seconds; the rest was not looked at."], status.Remarks);
    }

    [Fact]
    public async Task Names_of_failed_units_without_end_are_cut()
    {
        await _bench.DeployAsync();
        Report(Result("h1") with { Outcome = AttemptOutcome.Degraded, FailedUnits = [.. Enumerable.Range(0, 60).Select(number => $"{number}{new string('<', 150)}")] });

        Assert.Equal(StatusFlags.Degraded, (await StatusAsync())[0].Flags);

        var units = (await _bench.RecordAsync("h1")).Attempts[0].Result!.FailedUnits;
        Assert.InRange(units.Sum(unit => unit.Length), 8000, 8192);
        Assert.StartsWith("0<", units[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_in_progress_is_no_remark()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/.1-1-result.json.tmp", "half");
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", "not read here");

        Assert.Empty((await StatusAsync())[0].Remarks);
    }

    [Fact]
    public async Task H1_H3_on_a_real_file_system_links_pipes_and_directories_cost_one_remark()
    {
        using var areas = new TempDirectory();
        var transport = Services(areas).GetRequiredService<ITransport>();
        await using var session = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        await session.OpenArea(H1).EnsureAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(areas[".bento/areas/h1/logs/1-1-result.json"], "/dev/zero");
        Shell.Run("mkfifo", areas[".bento/areas/h1/logs/1-2-result.json"]);
        Directory.CreateDirectory(areas[".bento/areas/h1/logs/1-3-result.json/deep/er"]);
        Shell.Run("ln", areas.WriteFile(".bento/areas/h1/secret", "x"), areas[".bento/areas/h1/logs/1-4-result.json"]);
        Shell.Run("truncate", "-s", "1T", areas[".bento/areas/h1/logs/1-5-result.json"]);
        Shell.Run("/bin/sh", "-c", $"printf x > '{areas[".bento/areas/h1/logs"]}'/$(printf 'bad\\377name')");

        var batch = await ReportReader.ReadAsync(session.OpenArea(H1), HostRecord.Empty, 20, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(["5 foreign entries in logs/.", "1 unreadable report in logs/."], batch.Remarks);
        Assert.Empty(batch.Results);
    }

    [Fact]
    public async Task One_broken_host_costs_one_row_a_remark()
    {
        await _bench.DeployAsync();
        Report(Result("h2"));
        _bench.Directory.WriteFile(".bento/hosts/h1.json", "garbage");

        var statuses = await StatusAsync();

        Assert.Equal(HostState.UpToDate, statuses[1].State);
        Assert.Contains("h1.json", Assert.Single(statuses[0].Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_never_nothing_published_and_all_well()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        await StatusAsync();
        _bench.Directory.WriteFile(".bento/hosts/h1.json", "{");
        await DeleteAsync("release.json");

        var status = (await StatusAsync())[0];

        Assert.Equal(("What was published for this host cannot be read.", StatusFlags.Unreadable, true), (status.Reason, status.Flags, status.NeedsAttention));
        Assert.Contains("h1.json", status.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_judged_all_the_same()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        File.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        _ = Directory.CreateDirectory(_bench.Directory[".bento/hosts/.h1.lock"]);

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.None), (status.State, status.Flags));
        Assert.Contains("could not be kept", Assert.Single(status.Remarks), StringComparison.Ordinal);
        Directory.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        Assert.Empty((await StatusAsync())[0].Remarks);
    }

    [Fact]
    public async Task One_area_that_cannot_be_listed_costs_one_row_a_remark_and_not_its_past()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        await StatusAsync();
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "list" } && call.Host == H1 ? throw new TransportException(TransportFailure.Denied, "Not allowed.") : Task.CompletedTask;

        var statuses = await StatusAsync();

        Assert.Equal(HostState.UpToDate, statuses[0].State);
        Assert.Equal(["Not allowed."], statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task A_release_that_nobody_recorded_is_adopted()
    {
        await _bench.DeployAsync();
        Directory.Delete(Path.Join(_bench.Directory.FullPath, ".bento/hosts"), recursive: true);
        Report(Result("h1"));

        var statuses = await StatusAsync();

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
        Report(Result("h1"));
        await StatusAsync();
        _bench.Transport.Server.Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var next = ReleaseIdentity.WithId(_bench.Current("h1")! with { Number = new ReleaseNumber(1, 1) });
        _bench.Transport.Server.Put(H1, "release.json", EnvelopeJson.Write(new ReleaseEnvelope(ReleaseJson.Write(next), [])));
        await _bench.Store.UpdateAsync(H1, record => RecordUpdate.Adopt(record, next, _bench.Clock.GetUtcNow()), TestContext.Current.CancellationToken);
        Report(Result("h1") with { Release = next.Id, Number = next.Number });

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, new ReleaseNumber(1, 1)), (status.State, status.Number));
        Assert.Equal([1L, 0L], (await _bench.RecordAsync("h1")).Attempts.Select(attempt => attempt.Number.Epoch));
    }

    [Fact]
    public async Task T4_a_report_of_a_new_epoch_is_found_among_all_that_the_old_one_left()
    {
        await _bench.DeployAsync();
        foreach (var _ in Enumerable.Range(1, 25))
        {
            Report(Result("h1"));
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await PublishAgainAsync();
        }

        await StatusAsync();
        _bench.Transport.Server.Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        var next = ReleaseIdentity.WithId(_bench.Current("h1")! with { Number = new ReleaseNumber(1, 1) });
        _bench.Transport.Server.Put(H1, "release.json", EnvelopeJson.Write(new ReleaseEnvelope(ReleaseJson.Write(next), [])));
        await _bench.Store.UpdateAsync(H1, record => RecordUpdate.Adopt(record, next, _bench.Clock.GetUtcNow()), TestContext.Current.CancellationToken);
        Report(Result("h1") with { Release = next.Id, Number = next.Number });

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, new ReleaseNumber(1, 1)), (status.State, status.Number));
    }

    [Fact]
    public async Task Reports_that_are_known_are_not_read_again()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        await StatusAsync();
        var calls = _bench.Transport.Calls.Count;

        await StatusAsync();

        Assert.DoesNotContain(_bench.Transport.Calls.Skip(calls), call => call.Operation == "read" && call.Path.EndsWith("result.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_selection_of_nobody_says_who_is_near()
    {
        await _bench.DeployAsync();

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(() => _bench.Status.ReadAsync(HostSelector.Parse("h3"), TestContext.Current.CancellationToken));

        Assert.Contains("Did you mean h1 or h2?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_area_without_a_release_is_unpublished()
    {
        _bench.Transport.Server.Put(HostName.Parse("guest"), "logs/x", "x");

        Assert.Equal(HostState.Unpublished, Assert.Single(await StatusAsync()).State);
    }

    [Fact]
    public async Task H16_attempts_at_releases_that_nobody_published_push_nothing_out()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        await StatusAsync();
        foreach (var sequence in Enumerable.Range(2, 60))
        {
            var forged = Result("h1") with { Number = new ReleaseNumber(0, sequence), Release = SomeRelease.Of(sequence: sequence).Id, Outcome = AttemptOutcome.BuildFailed };
            _bench.Transport.Server.Put(H1, $"logs/{sequence}-1-result.json", ReportJson.Write(forged));
        }

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal(
            ["40 files in logs/ that are named like new reports are none; the rest was not opened.", "40 reports about releases that were never published."], status.Remarks);
        Assert.Equal(AttemptOutcome.Succeeded, Assert.Single((await _bench.RecordAsync("h1")).Attempts).Result?.Outcome);
    }

    [Fact]
    public async Task H16_a_flood_of_attempts_at_one_release_leaves_half_of_the_room_to_the_past()
    {
        await _bench.DeployAsync();
        var first = Result("h1");
        Report(first with { Outcome = AttemptOutcome.BuildFailed });
        await StatusAsync();
        await PublishAgainAsync();
        foreach (var attempt in Enumerable.Range(1, 60))
        {
            Report(Result("h1") with { Attempt = attempt });
        }

        await StatusAsync();

        var attempts = (await _bench.RecordAsync("h1")).Attempts;
        Assert.Equal(Enumerable.Range(51, 10).Reverse(), attempts.Where(attempt => attempt.Number.Sequence == 2).Select(attempt => attempt.Attempt));
        Assert.Equal(first.Number, attempts[^1].Number);
    }

    [Fact]
    public async Task H14_an_attempt_at_an_older_release_that_comes_late_is_ignored()
    {
        await _bench.DeployAsync();
        var old = Result("h1");
        await PublishAgainAsync();
        Report(Result("h1"));
        await StatusAsync();
        _bench.Transport.Server.Put(H1, "logs/1-7-result.json", ReportJson.Write(old with { Attempt = 7 }));

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal([new ReleaseNumber(0, 2)], (await _bench.RecordAsync("h1")).Attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task The_log_of_an_attempt_is_copied_and_outlives_the_one_in_the_area()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", Gzip("building\n\u001b[31mred\u001b[0m\n"));
        await StatusAsync();
        await DeleteAsync("logs/1-1-log.gz");

        var log = await LogAsync();

        Assert.Equal("building\nred\n", log?.Text);
        Assert.Contains((byte)0x1b, log!.Raw.ToArray());
        Assert.Equal(LogState.Kept, (await _bench.RecordAsync("h1")).Attempts[0].Log);
    }

    [Fact]
    public async Task A_log_that_cannot_be_kept_is_a_remark_and_no_end_of_history()
    {
        await _bench.DeployAsync();
        var beat = new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" };
        _bench.Transport.Server.Put(H1, "logs/beat.json", ReportJson.Write(beat));
        Report(Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", Gzip("building"));
        _bench.Directory.WriteFile(".bento/logs", "no directory");

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.None, false), (status.State, status.Flags, status.NeedsAttention));
        Assert.StartsWith("A log of it could not be kept.", Assert.Single(status.Remarks), StringComparison.Ordinal);
        Assert.All(await HistoryAsync(), history => Assert.Empty(history.Problems));
        File.Delete(_bench.Directory[".bento/logs"]);
        Assert.Empty((await StatusAsync())[0].Remarks);
        Assert.NotNull(await LogAsync());
    }

    [Fact]
    public async Task A_log_that_was_cut_short_is_kept_as_far_as_it_goes()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        var whole = Gzip(string.Join('\n', Enumerable.Range(0, 10_000)));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", whole[..(whole.Length / 2)]);

        await StatusAsync();

        Assert.StartsWith("0\n1\n2\n", (await LogAsync())!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_fails_a_host_and_never_the_fleet(bool isRecordDamaged)
    {
        await _bench.DeployAsync();
        Report(Result("h2"));
        _bench.Directory.WriteFile(".bento/hosts/h1.json", isRecordDamaged ? "garbage" : await File.ReadAllTextAsync(_bench.Directory[".bento/hosts/h1.json"], TestContext.Current.CancellationToken));
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "list" } && call.Host == H1 ? throw new TransportException(TransportFailure.Foreign, "It is no directory.") : Task.CompletedTask;

        var histories = await HistoryAsync();

        Assert.Equal(["It is no directory."], histories[0].Problems);
        Assert.Equal(isRecordDamaged ? 0 : 1, histories[0].Record.Releases.Count);
        Assert.Empty(histories[1].Problems);
        Assert.Single(histories[1].Record.Attempts);
    }

    [Theory]
    [InlineData("no gzip")]
    [InlineData("bomb")]
    [InlineData("too long")]
    public async Task H6_a_log_that_is_none_is_not_kept_and_not_read_again(string kind)
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", kind switch
        {
            "bomb" => Gzip(new string('x', LogText.MaxBytes + 1)),
            "too long" => new byte[LogText.MaxPackedBytes + 1],
            _ => "no gzip"u8.ToArray(),
        });
        var status = (await StatusAsync())[0];
        var calls = _bench.Transport.Calls.Count;
        await StatusAsync();

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Null(await LogAsync());
        Assert.Equal(LogState.Unreadable, (await _bench.RecordAsync("h1")).Attempts[0].Log);
        Assert.DoesNotContain(_bench.Transport.Calls.Skip(calls), call => call.Operation == "read" && call.Path.EndsWith(".gz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_of_attempts_that_went_go_with_them()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", Gzip("first"));
        await StatusAsync();

        foreach (var attempt in Enumerable.Range(2, 10))
        {
            Report(Result("h1") with { Attempt = attempt });
        }

        await StatusAsync();

        Assert.Null(await LogAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_bench.Directory.FullPath, ".bento/logs/h1")));
    }

    [Fact]
    public async Task Logs_of_bash_bento_are_read_by_their_names()
    {
        await _bench.DeployAsync();
        await _bench.Store.UpdateAsync(H1, record => record with { Releases = [record.Releases[0] with { At = DateTimeOffset.UnixEpoch }] }, TestContext.Current.CancellationToken);
        _bench.Transport.Server.Put(H1, $"logs/20260601-1200_{_bench.Current("h1")!.ExpectedSystem!.Value.BaseName}_success.log.gz", Gzip("x"));

        var status = (await StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Empty(status.Remarks);
        Assert.Single((await _bench.RecordAsync("h1")).BashLogs);
    }

    [Fact]
    public async Task A_host_that_was_taken_out_of_its_flake_is_shown_as_removed()
    {
        await _bench.DeployAsync();
        Report(Result("h1"));
        _bench.Flake("lab", "h2");
        await _bench.DeployAsync();

        var status = (await StatusAsync())[0];

        Assert.Equal((HostState.Removed, false), (status.State, status.NeedsAttention));
        Assert.Contains("release 1", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_first_build_failed_is_shown_although_nothing_was_published_for_it()
    {
        _bench.Flake("lab", "h1", "h2", "broken!build");
        await _bench.DeployAsync();

        var status = Assert.Single(await StatusAsync(), status => status.Host.ToString() == "broken");

        Assert.Equal(HostState.Unpublished, status.State);
    }

    [Fact]
    public async Task H13_a_time_in_the_future_is_the_time_of_now()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/beat.json", ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);

        var batch = await ReportReader.ReadAsync(session.OpenArea(H1), HostRecord.Empty, 20, new FakeTimeProvider(DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);

        Assert.Equal(DateTimeOffset.UnixEpoch, batch.HeartbeatReceived);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_gets_a_snapshot_first_and_then_what_happens()
    {
        await _bench.DeployAsync();
        await using var changes = _bench.Status.WatchAsync(HostSelector.All, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(2, Assert.IsType<FleetChange.Snapshot>(changes.Current).Hosts.Count);
        var next = changes.MoveNextAsync();
        Report(Result("h2"));
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next);

        var change = Assert.IsType<FleetChange.HostChanged>(changes.Current);
        Assert.Equal((HostChange.Succeeded, "h2", HostState.NewMachine), (change.What, change.Now.Host.ToString(), change.Before!.State));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_goes_on_when_the_server_was_away()
    {
        await _bench.DeployAsync();
        var isAway = false;
        _bench.Transport.BeforeCall = (call, _) => isAway && call.Host == default ? throw new TransportException(TransportFailure.Unreachable, "Nobody answers.") : Task.CompletedTask;
        await using var changes = _bench.Status.WatchAsync(HostSelector.All, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await changes.MoveNextAsync());

        isAway = true;
        var next = changes.MoveNextAsync();
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await next);
        Assert.Equal("Nobody answers.", Assert.IsType<FleetChange.Unreachable>(changes.Current).Reason);

        isAway = false;
        Report(Result("h2"));
        var later = changes.MoveNextAsync();
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await later);
        Assert.IsType<FleetChange.Reachable>(changes.Current);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(HostChange.Succeeded, Assert.IsType<FleetChange.HostChanged>(changes.Current).What);
    }

    [Fact]
    public async Task A_look_is_measured_in_the_unit_that_its_instrument_names()
    {
        var measured = new System.Collections.Concurrent.ConcurrentBag<(string Name, string? Unit, double Value, string? State)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == BentoTelemetry.SourceName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add((instrument.Name, instrument.Unit, value, null)));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Add((instrument.Name, instrument.Unit, value, tags.Length > 0 ? (string?)tags[0].Value : null)));
        listener.Start();
        await _bench.DeployAsync();
        Report(Result("h1"));

        await StatusAsync();

        // The clock of the bench stands still, so this look took no second; others run beside it.
        Assert.Contains(("bento.status.duration", "s", 0.0, null), measured);
        Assert.Contains(measured, one => one is { Name: "bento.status.hosts", State: "up-to-date", Value: 1 });
        Assert.Contains(measured, one => one is { Name: "bento.reports.accepted", Value: 1 });
        Assert.All(measured, one => Assert.StartsWith("bento.", one.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_that_could_not_be_kept_is_not_counted_as_accepted()
    {
        var accepted = 0;
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Name == "bento.reports.accepted")
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        // Other tests count beside this one: only what this one says is looked at.
        var isHere = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref accepted, isHere.Value ? value : 0));
        listener.Start();
        await _bench.DeployAsync();
        Report(Result("h1"));
        File.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        _ = Directory.CreateDirectory(_bench.Directory[".bento/hosts/.h1.lock"]);

        await StatusAsync();
        await StatusAsync();
        Assert.Equal(0, accepted);
        Directory.Delete(_bench.Directory[".bento/hosts/.h1.lock"]);
        await StatusAsync();

        Assert.Equal(1, accepted);
    }

    private static ServiceProvider Services(TempDirectory areas) => new ServiceCollection()
        .AddBento(options => options.Directory = areas.FullPath).UseLocalDirectory(options => options.Directory = areas[".bento/areas"])
        .Services.BuildServiceProvider();

    private AttemptResult Result(string host)
    {
        var release = _bench.Current(host)!;
        return new AttemptResult
        {
            Release = release.Id,
            Number = release.Number,
            Attempt = 1,
            At = _bench.Clock.GetUtcNow(),
            Duration = TimeSpan.FromSeconds(1),
            Outcome = AttemptOutcome.Succeeded,
            Reason = "The host switched to the system.",
            Running = release.ExpectedSystem,
            Built = release.ExpectedSystem,
        };
    }

    private void Report(AttemptResult result)
    {
        var host = new[] { H1, HostName.Parse("h2") }.First(host => _bench.Current(host.ToString())?.Id == result.Release);
        _bench.Transport.Server.Put(host, $"logs/{result.Number.Sequence}-{result.Attempt}-result.json", ReportJson.Write(result));
    }

    private async Task PublishAgainAsync()
    {
        _bench.Directory.WriteFile("hosts/lab/note.txt", $"{_bench.Clock.GetUtcNow():O}");
        await _bench.DeployAsync();
    }

    private Task<IReadOnlyList<HostHistory>> HistoryAsync() => _bench.Get<IFleetHistory>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);

    private Task<HostLog?> LogAsync() => _bench.Get<IFleetHistory>().ReadLogAsync(H1, new ReleaseNumber(0, 1), 1, TestContext.Current.CancellationToken);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private async Task DeleteAsync(string path)
    {
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await session.OpenArea(H1).DeleteAsync(path, TestContext.Current.CancellationToken);
    }

    private Task<IReadOnlyList<HostStatus>> StatusAsync() => _bench.Status.ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
}
