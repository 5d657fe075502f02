using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Engine.Tests.Status;

/// <summary>What happened on a host, and the logs of it.</summary>
public sealed class FleetHistoryTests : IDisposable
{
    private static readonly HostName H1 = HostName.Parse("h1");

    private readonly FleetStatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_log_of_an_attempt_is_copied_and_outlives_the_one_in_the_area()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", FleetStatusBench.Gzip("building\n\u001b[31mred\u001b[0m\n"));
        await _bench.StatusAsync();
        await _bench.DeleteAsync("logs/1-1-log.gz");

        var log = await _bench.LogAsync();

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
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", FleetStatusBench.Gzip("building"));
        _bench.Directory.WriteFile(".bento/logs", "no directory");

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal((HostState.UpToDate, StatusFlags.None, false), (status.State, status.Flags, status.NeedsAttention));
        Assert.StartsWith("A log of it could not be kept.", Assert.Single(status.Remarks), StringComparison.Ordinal);
        Assert.All(await _bench.HistoryAsync(), history => Assert.Empty(history.Problems));
        File.Delete(_bench.Directory[".bento/logs"]);
        Assert.Empty((await _bench.StatusAsync())[0].Remarks);
        Assert.NotNull(await _bench.LogAsync());
    }

    [Fact]
    public async Task A_log_that_was_cut_short_is_kept_as_far_as_it_goes()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        var whole = FleetStatusBench.Gzip(string.Join('\n', Enumerable.Range(0, 10_000)));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", whole[..(whole.Length / 2)]);

        await _bench.StatusAsync();

        Assert.StartsWith("0\n1\n2\n", (await _bench.LogAsync())!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_fails_a_host_and_never_the_fleet(bool isRecordDamaged)
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h2"));
        _bench.Directory.WriteFile(".bento/hosts/h1.json", isRecordDamaged
            ? "garbage"
            : await File.ReadAllTextAsync(_bench.Directory[".bento/hosts/h1.json"], TestContext.Current.CancellationToken));
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "list" } && call.Host == H1
            ? throw new TransportException(TransportFailure.Foreign, "It is no directory.")
            : Task.CompletedTask;

        var histories = await _bench.HistoryAsync();

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
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", kind switch
        {
            "bomb" => FleetStatusBench.Gzip(new string('x', LogText.MaxBytes + 1)),
            "too long" => new byte[LogText.MaxPackedBytes + 1],
            _ => "no gzip"u8.ToArray(),
        });
        var status = (await _bench.StatusAsync())[0];
        var calls = _bench.Transport.Calls.Count;
        await _bench.StatusAsync();

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Null(await _bench.LogAsync());
        Assert.Equal(LogState.Unreadable, (await _bench.RecordAsync("h1")).Attempts[0].Log);
        Assert.DoesNotContain(
            _bench.Transport.Calls.Skip(calls), call => call.Operation == "read" && call.Path.EndsWith(".gz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logs_of_attempts_that_went_go_with_them()
    {
        await _bench.DeployAsync();
        _bench.Report(_bench.Result("h1"));
        _bench.Transport.Server.Put(H1, "logs/1-1-log.gz", FleetStatusBench.Gzip("first"));
        await _bench.StatusAsync();

        foreach (var attempt in Enumerable.Range(2, 10))
        {
            _bench.Report(_bench.Result("h1") with { Attempt = attempt });
        }

        await _bench.StatusAsync();

        Assert.Null(await _bench.LogAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_bench.Directory.FullPath, ".bento/logs/h1")));
    }

    [Fact]
    public async Task Logs_of_bash_bento_are_read_by_their_names()
    {
        await _bench.DeployAsync();
        await _bench.Store.UpdateAsync(
            H1,
            record => record with { Releases = [record.Releases[0] with { At = DateTimeOffset.UnixEpoch }] },
            TestContext.Current.CancellationToken);
        _bench.Transport.Server.Put(
            H1, $"logs/20260601-1200_{_bench.Current("h1")!.ExpectedSystem!.Value.BaseName}_success.log.gz", FleetStatusBench.Gzip("x"));

        var status = (await _bench.StatusAsync())[0];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Empty(status.Remarks);
        Assert.Single((await _bench.RecordAsync("h1")).BashLogs);
    }
}
