using Bento.Hosts;
using Bento.Status;
using Bento.Transport;

namespace Bento.Engine.Tests.Status;

/// <summary>Many who watch one fleet, and servers that come and go meanwhile.</summary>
public sealed class SharedWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly FleetStatusBench _bench = new();

    private int Logins => _bench.Transport.Calls.Count(call => call.Operation == "connect");

    private int Lists => _bench.Transport.Calls.Count(call => call.Operation == "areas");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Ten_who_watch_share_one_login_and_one_look_an_interval()
    {
        await _bench.DeployAsync();
        var logins = Logins;
        var readers = Enumerable.Range(0, 10)
            .Select(index => Watch(index % 2 == 0 ? HostSelector.All : HostSelector.Parse("h2")))
            .ToList();
        foreach (var reader in readers)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.IsType<FleetChange.Snapshot>(reader.Current);
        }

        var lists = Lists;
        var nexts = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();
        _bench.Report(_bench.Result("h2"));
        _bench.Clock.Advance(Interval);
        Assert.All(await Task.WhenAll(nexts), Assert.True);

        Assert.All(readers, reader => Assert.Equal(
            HostChange.Succeeded, Assert.IsType<FleetChange.HostChanged>(reader.Current).What));
        Assert.Equal((logins + 1, lists + 1), (Logins, Lists));
        await LeaveAsync(readers);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_one_host_costs_no_look_at_the_others_and_hears_nothing_of_them()
    {
        await _bench.DeployAsync();
        var calls = _bench.Transport.Calls.Count;
        var reader = Watch(HostSelector.Parse("h2"));

        Assert.True(await reader.MoveNextAsync());

        Assert.Equal("h2", Assert.Single(Assert.IsType<FleetChange.Snapshot>(reader.Current).Hosts).Host.ToString());
        Assert.DoesNotContain(_bench.Transport.Calls.Skip(calls), call => call.Host == HostName.Parse("h1"));
        await reader.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task The_last_who_leaves_closes_the_connection_and_who_comes_later_opens_another()
    {
        await _bench.DeployAsync();
        var logins = Logins;
        foreach (var expected in Enumerable.Range(1, 3))
        {
            var reader = Watch(HostSelector.All);
            Assert.True(await reader.MoveNextAsync());
            await reader.DisposeAsync();
            Assert.Equal(logins + expected, Logins);
        }

        _bench.Clock.Advance(Interval);
        Assert.Equal(logins + 3, Logins);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_is_away_at_first_is_an_element_and_no_end()
    {
        await _bench.DeployAsync();
        _bench.Transport.Failure = TransportFailure.Unreachable;
        var reader = Watch(HostSelector.All);
        Assert.True(await reader.MoveNextAsync());
        Assert.IsType<FleetChange.Unreachable>(reader.Current);

        _bench.Transport.Failure = null;
        var next = reader.MoveNextAsync();
        _bench.Clock.Advance(Interval);

        Assert.True(await next);
        Assert.IsType<FleetChange.Reachable>(reader.Current);
        Assert.True(await reader.MoveNextAsync());
        Assert.IsType<FleetChange.Snapshot>(reader.Current);
        await reader.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_login_that_is_refused_ends_a_watch_that_never_saw_the_fleet_and_no_other()
    {
        await _bench.DeployAsync();
        var seen = Watch(HostSelector.All);
        Assert.True(await seen.MoveNextAsync());

        _bench.Transport.Failure = TransportFailure.LoginRefused;
        var next = seen.MoveNextAsync();
        await Assert.ThrowsAsync<TransportException>(() => Watch(HostSelector.All).MoveNextAsync().AsTask());

        Assert.True(await next);
        Assert.IsType<FleetChange.Unreachable>(seen.Current);
        await seen.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_broke_between_two_looks_is_made_anew_and_nobody_hears_of_it()
    {
        await _bench.DeployAsync();
        var reader = Watch(HostSelector.All);
        Assert.True(await reader.MoveNextAsync());
        var logins = Logins;
        var isBroken = true;
        _bench.Transport.BeforeCall = (call, _) =>
        {
            isBroken &= call.Operation != "connect";
            return isBroken ? throw new TransportException(TransportFailure.Unreachable, "The connection broke.") : Task.CompletedTask;
        };

        _bench.Report(_bench.Result("h1"));
        var next = reader.MoveNextAsync();
        _bench.Clock.Advance(Interval);

        Assert.True(await next);
        Assert.IsType<FleetChange.HostChanged>(reader.Current);
        Assert.Equal(logins + 1, Logins);
        await reader.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_breaks_in_the_middle_of_a_look_turns_no_row()
    {
        await _bench.DeployAsync();
        var reader = Watch(HostSelector.All);
        Assert.True(await reader.MoveNextAsync());
        var isBroken = true;
        _bench.Transport.BeforeCall = (call, _) =>
        {
            isBroken &= call.Operation != "connect";
            return isBroken && call.Host != default
                ? throw new TransportException(TransportFailure.Stalled, "The connection broke.")
                : Task.CompletedTask;
        };

        _bench.Report(_bench.Result("h1"));
        var next = reader.MoveNextAsync();
        _bench.Clock.Advance(Interval);

        Assert.True(await next);
        Assert.Equal(HostChange.Succeeded, Assert.IsType<FleetChange.HostChanged>(reader.Current).What);
        await reader.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_follows_slowly_gets_the_last_look_and_no_queue_of_them()
    {
        await _bench.DeployAsync();
        var quick = _bench.Status.FollowAsync(HostSelector.All, Interval, Token).GetAsyncEnumerator(Token);
        var slow = _bench.Status.FollowAsync(HostSelector.All, Interval, Token).GetAsyncEnumerator(Token);
        Assert.True(await slow.MoveNextAsync());
        Assert.True(await quick.MoveNextAsync());
        foreach (var _ in Enumerable.Range(0, 5))
        {
            var next = quick.MoveNextAsync();
            _bench.Clock.Advance(Interval);
            Assert.True(await next);
        }

        _bench.Report(_bench.Result("h1"));
        var last = quick.MoveNextAsync();
        _bench.Clock.Advance(Interval);
        Assert.True(await last);
        Assert.True(await slow.MoveNextAsync());

        Assert.Equal(quick.Current, slow.Current);
        await quick.DisposeAsync();
        await slow.DisposeAsync();
    }

    private IAsyncEnumerator<FleetChange> Watch(HostSelector hosts) =>
        _bench.Status.WatchAsync(hosts, Interval, Token).GetAsyncEnumerator(Token);

    private static async Task LeaveAsync(IEnumerable<IAsyncDisposable> readers)
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }
}
