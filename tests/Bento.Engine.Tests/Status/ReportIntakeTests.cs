using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Status;

/// <summary>What a host writes is taken for what it is worth, whatever it is.</summary>
public sealed class ReportIntakeTests : IDisposable
{
    private static readonly HostName H1 = HostName.Parse("h1");

    private readonly FleetStatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

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
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.Server.Put(H1, $"logs/{name}", "x");

        var status = (await _bench.StatusAsync())[0];

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

        var status = (await _bench.StatusAsync())[0];

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

        var statuses = await _bench.StatusAsync();

        Assert.Equal(["3 unreadable reports in logs/."], statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task H10_a_report_that_trips_its_reader_costs_one_row_one_remark()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h2"));
        var text = System.Text.Encoding.UTF8.GetString(ReportJson.Write(_bench.Result("h1")));
        _bench.Transport.Server.Put(
            H1, "logs/1-1-result.json", text.Replace("\"failedUnits\":[]", "\"failedUnits\":[null]", StringComparison.Ordinal));

        var statuses = await _bench.StatusAsync();

        Assert.Equal([HostState.NewMachine, HostState.UpToDate], statuses.Select(status => status.State));
        Assert.Single(statuses[0].Remarks);
        Assert.Empty(statuses[1].Remarks);
    }

    [Fact]
    public async Task H4_a_report_that_is_too_long_costs_one_remark()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, "logs/1-1-result.json", new byte[ReportJson.MaxBytes + 1]);

        Assert.Equal(["1 unreadable report in logs/."], (await _bench.StatusAsync())[0].Remarks);
    }

    [Theory]
    [InlineData("logs/2-1-result.json")]
    [InlineData("logs/1-2-result.json")]
    public async Task H11_a_report_that_says_another_thing_than_its_name_is_unreadable(string path)
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(H1, path, ReportJson.Write(_bench.Result("h1")));

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(HostState.NewMachine, status.State);
        Assert.Equal(["1 unreadable report in logs/."], status.Remarks);
    }

    [Fact]
    public async Task Names_of_failed_units_without_end_are_cut()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1") with
        {
            Outcome = AttemptOutcome.Degraded,
            FailedUnits = [.. Enumerable.Range(0, 60).Select(number => $"{number}{new string('<', 150)}")],
        });

        Assert.Equal(StatusFlags.Degraded, (await _bench.StatusAsync())[0].Flags);

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

        Assert.Empty((await _bench.StatusAsync())[0].Remarks);
    }

    [Fact]
    public async Task H1_H3_on_a_real_file_system_links_pipes_and_directories_cost_one_remark()
    {
        using var areas = new TempDirectory();
        var transport = FleetStatusBench.Services(areas).GetRequiredService<ITransport>();
        await using var session = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        await session.OpenArea(H1).EnsureAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(areas[".bento/areas/h1/logs/1-1-result.json"], "/dev/zero");
        Shell.Run("mkfifo", areas[".bento/areas/h1/logs/1-2-result.json"]);
        Directory.CreateDirectory(areas[".bento/areas/h1/logs/1-3-result.json/deep/er"]);
        Shell.Run("ln", areas.WriteFile(".bento/areas/h1/secret", "x"), areas[".bento/areas/h1/logs/1-4-result.json"]);
        Shell.Run("truncate", "-s", "1T", areas[".bento/areas/h1/logs/1-5-result.json"]);
        Shell.Run("/bin/sh", "-c", $"printf x > '{areas[".bento/areas/h1/logs"]}'/$(printf 'bad\\377name')");

        var batch = await ReportReader.ReadAsync(
            session.OpenArea(H1), HostRecord.Empty, 20, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(["5 foreign entries in logs/.", "1 unreadable report in logs/."], batch.Remarks);
        Assert.Empty(batch.Results);
    }

    [Fact]
    public async Task Reports_that_are_known_are_not_read_again()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        var calls = _bench.Transport.Calls.Count;

        await _bench.StatusAsync();

        Assert.DoesNotContain(
            _bench.Transport.Calls.Skip(calls),
            call => call.Operation == "read" && call.Path.EndsWith("result.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task H14_an_attempt_at_an_older_release_that_comes_late_is_ignored()
    {
        await _bench.DeployAsync();
        var old = _bench.Result("h1");
        await _bench.PublishAgainAsync();
        _bench.Report(_bench.Result("h1"));
        await _bench.StatusAsync();
        _bench.Transport.Server.Put(H1, "logs/1-7-result.json", ReportJson.Write(old with { Attempt = 7 }));

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Equal([new ReleaseNumber(0, 2)], (await _bench.RecordAsync("h1")).Attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task H13_a_time_in_the_future_is_the_time_of_now()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(
            H1,
            "logs/beat.json",
            ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = "1" }));
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);

        var batch = await ReportReader.ReadAsync(
            session.OpenArea(H1),
            HostRecord.Empty,
            20,
            new FakeTimeProvider(DateTimeOffset.UnixEpoch),
            TestContext.Current.CancellationToken);

        Assert.Equal(DateTimeOffset.UnixEpoch, batch.HeartbeatReceived);
    }
}
