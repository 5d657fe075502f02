using Bento.Hosts;
using Bento.Status;

namespace Bento.Hosting.Tests;

/// <summary>
/// What a watcher takes of a machine and of a server in the long run. Nothing else runs meanwhile: its memory and descriptors would be
/// counted, too.
/// </summary>
[Collection(nameof(TwoWeeksTests))]
[CollectionDefinition(nameof(TwoWeeksTests), DisableParallelization = true)]
public sealed class TwoWeeksTests : IAsyncDisposable
{
    private const int Days = 14;
    private const int MinutesOfDay = 24 * 60;

    private readonly BreakableTransport _transport = new();
    private readonly WatcherBench _bench;

    public TwoWeeksTests() => _bench = new WatcherBench(_transport);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    /// <summary>Every day the connection breaks, and on one of them the server is away for an hour.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Two_weeks_of_a_watcher_take_a_login_for_each_connection_that_broke_and_neither_memory_nor_descriptors()
    {
        foreach (var name in new[] { "h1", "h2", "h3" })
        {
            _transport.Server.Put(HostName.Parse(name), "logs/beat.json", "{}");
        }

        await _bench.StartAsync();
        await WatcherBench.UntilAsync(() => _bench.Watcher.Current.SeenAt is not null);
        await DayAsync();
        var (memory, descriptors) = (Memory(), Descriptors());
        for (var day = 1; day < Days; day++)
        {
            if (day == Days / 2)
            {
                await OutageAsync();
            }

            await DayAsync();
        }

        Assert.Equal(3, _bench.Watcher.Current.Hosts.Count);
        Assert.InRange(_transport.Looks, Days * MinutesOfDay, (Days * MinutesOfDay) + (10 * Days));
        Assert.InRange(Descriptors(), 0, descriptors + 8);
        Assert.InRange(Memory(), 0, memory + (2 * 1024 * 1024));
        Assert.Equal(1, _transport.Open);
        await _bench.StopAsync();
        Assert.Equal(0, _transport.Open);
    }

    /// <summary>A reader beside the service tells when a look has ended; both share it.</summary>
    private async Task DayAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var logins = _transport.Logins;
        _transport.Break();
        await using var looks = _bench.Get<IFleetStatus>().FollowAsync(HostSelector.All, WatcherBench.Interval, token)
            .GetAsyncEnumerator(token);
        Assert.True(await looks.MoveNextAsync());
        for (var minute = 0; minute < MinutesOfDay; minute++)
        {
            var next = looks.MoveNextAsync();
            _bench.Clock.Advance(WatcherBench.Interval);
            Assert.True(await next);
        }

        Assert.Equal(logins + 1, _transport.Logins);
    }

    private async Task OutageAsync()
    {
        var logins = _transport.Logins;
        _transport.IsAway = true;
        await _bench.PassUntilAsync(() => _transport.Logins >= logins + 60);
        Assert.NotNull(_bench.Watcher.Current.Problem);

        _transport.IsAway = false;
        await _bench.PassUntilAsync(() => _bench.Watcher.Current.Problem is null);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
}
