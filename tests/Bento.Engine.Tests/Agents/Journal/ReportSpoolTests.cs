using Bento.Agents.Journal;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Engine.Tests.Agents.Journal;

public sealed class ReportSpoolTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly TempDirectory _state = new();
    private readonly InMemoryTransport _transport = new();

    public ReportSpoolTests() => _transport.Server.Put(Host, "logs/x", "x");

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task FR1_reports_are_delivered_in_the_order_in_which_they_were_put()
    {
        Spool().Put("1-1-start.json", [1]);
        Spool().Put("1-1-log.gz", [2]);
        Spool().Put("1-1-result.json", [3]);

        await DeliverAsync();

        Assert.Equal(
            ["logs/1-1-start.json", "logs/1-1-log.gz", "logs/1-1-result.json"],
            _transport.Calls.Where(call => call.Operation == "write").Select(call => call.Path));
        Assert.Equal([3], _transport.Server.Get(Host, "logs/1-1-result.json"));
        Assert.True(Spool().IsEmpty);
    }

    [Fact]
    public async Task FR1_a_report_that_the_disk_does_not_give_holds_no_other_back()
    {
        Spool().Put("1-1-start.json", [1]);
        _ = File.CreateSymbolicLink(_state["000000000000_9-1-log.gz"], "/nowhere");

        Assert.Contains("9-1-log.gz", await DeliverAsync(), StringComparison.Ordinal);
        Assert.Equal([1], _transport.Server.Get(Host, "logs/1-1-start.json"));
    }

    [Fact]
    public async Task FR3_the_same_report_put_again_takes_the_place_of_the_first()
    {
        Spool().Put("1-1-start.json", [1]);
        Spool().Put("1-1-result.json", [2]);
        Spool().Put("1-1-start.json", [3]);

        await DeliverAsync();

        Assert.Equal(
            ["logs/1-1-start.json", "logs/1-1-result.json"],
            _transport.Calls.Where(call => call.Operation == "write").Select(call => call.Path));
        Assert.Equal([3], _transport.Server.Get(Host, "logs/1-1-start.json"));
    }

    [Fact]
    public async Task FR1_a_server_that_goes_away_in_between_loses_nothing()
    {
        Spool().Put("1-1-start.json", [1]);
        Spool().Put("1-1-result.json", [2]);
        _transport.BeforeCall = (call, _) =>
            call.Path == "logs/1-1-result.json" ? throw new TransportException(TransportFailure.Unreachable, "gone") : Task.CompletedTask;

        await Assert.ThrowsAsync<TransportException>(DeliverAsync);
        _transport.BeforeCall = null;
        Assert.False(Spool().IsEmpty);
        await DeliverAsync();

        Assert.Equal([2], _transport.Server.Get(Host, "logs/1-1-result.json"));
        Assert.True(Spool().IsEmpty);
    }

    [Fact]
    public async Task FR1_a_report_that_the_server_refuses_holds_no_other_back_and_is_named()
    {
        Spool().Put("2-1-log.gz", [1]);
        Spool().Put("2-1-result.json", [2]);
        _transport.Server.Put(Host, "logs/2-1-log.gz/something", "in the way");

        var refused = await DeliverAsync();

        Assert.Equal([2], _transport.Server.Get(Host, "logs/2-1-result.json"));
        Assert.Contains("2-1-log.gz", refused, StringComparison.Ordinal);
        Assert.Equal(1, Spool().Count);
    }

    [Fact]
    public async Task FR1_a_server_without_room_for_a_log_gets_the_result()
    {
        Spool().Put("2-1-log.gz", new byte[100_000]);
        Spool().Put("2-1-result.json", [2]);
        _transport.CapacityBytes = 1000;

        Assert.NotNull(await DeliverAsync());

        Assert.Equal([2], _transport.Server.Get(Host, "logs/2-1-result.json"));
    }

    [Fact]
    public void FR1_what_waits_is_bounded_and_logs_go_first()
    {
        for (var number = 1; number <= 120; number++)
        {
            Spool().Put($"{number}-1-start.json", [1]);
            Spool().Put($"{number}-1-log.gz", [1]);
            Spool().Put($"{number}-1-result.json", [1]);
        }

        var names = Directory.EnumerateFiles(_state.FullPath).Select(path => Path.GetFileName(path).Split('_')[1]).ToList();
        Assert.Equal(300, names.Count);
        Assert.Equal(240, names.Count(name => name.EndsWith(".json", StringComparison.Ordinal)));
        Assert.DoesNotContain("1-1-log.gz", names);
        Assert.Contains("120-1-log.gz", names);
    }

    [Fact]
    public void What_is_no_report_of_the_spool_is_left_alone()
    {
        _state.WriteFile(".000000000001_1-1-start.json.tmp", "half");
        _state.WriteFile("notes");

        Assert.True(Spool().IsEmpty);
    }

    private ReportSpool Spool() => new(_state.FullPath);

    private async Task<string?> DeliverAsync()
    {
        await using var session = await _transport.ConnectAsync(TestContext.Current.CancellationToken);
        return await Spool().DeliverAsync(session.OpenArea(Host), TestContext.Current.CancellationToken);
    }
}
