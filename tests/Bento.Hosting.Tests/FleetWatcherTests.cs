using Bento.Status;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Bento.Hosting.Tests;

public sealed class FleetWatcherTests : IAsyncDisposable
{
    private readonly InMemoryTransport _transport = new();
    private readonly WatcherBench _bench;

    public FleetWatcherTests() => _bench = new WatcherBench(_transport);

    private int Logins => _transport.Calls.Count(call => call.Operation == "connect");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task An_application_starts_while_the_server_is_away_and_sees_the_fleet_when_it_comes()
    {
        _transport.Failure = TransportFailure.Unreachable;
        _transport.Server.Put(HostName.Parse("h1"), "logs/beat.json", "{}");
        await _bench.StartAsync();
        await WatcherBench.UntilAsync(() => _bench.Watcher.Current.Problem is not null);
        Assert.Equal(HealthStatus.Unhealthy, (await _bench.CheckAsync("bento-server")).Status);

        _transport.Failure = null;
        await _bench.PassUntilAsync(() => _bench.Watcher.Current.SeenAt is not null);

        Assert.Equal(["h1"], _bench.Watcher.Current.Hosts.Select(host => host.Host.ToString()));
        Assert.Null(_bench.Watcher.Current.Problem);
        Assert.Equal(HealthStatus.Healthy, (await _bench.CheckAsync("bento-server")).Status);
        Assert.Equal([900, 901], _bench.Log.Lines.Select(EventOf).Where(id => id is 900 or 901));
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_waits_gets_the_next_look_also_one_that_fails_and_at_once_where_there_is_a_newer_one()
    {
        var first = _bench.Watcher.Current;
        var waiting = _bench.Watcher.WaitAsync(first, Token);
        Assert.False(waiting.IsCompleted);
        await _bench.StartAsync();

        var second = await waiting;
        Assert.NotNull(second.SeenAt);
        Assert.NotSame(first, await _bench.Watcher.WaitAsync(first, Token));

        _transport.Failure = TransportFailure.Unreachable;
        var failed = _bench.Watcher.WaitAsync(second, Token);
        await _bench.PassUntilAsync(() => failed.IsCompleted);
        Assert.NotSame(second, await failed);

        using var gone = new CancellationTokenSource();
        var given = _bench.Watcher.WaitAsync(_bench.Watcher.Current, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(TransportFailure.LoginRefused)]
    [InlineData(TransportFailure.HostKeyMismatch)]
    [InlineData(TransportFailure.Other)]
    public async Task What_waiting_does_not_fix_ends_no_watcher_either_and_is_logged_once(TransportFailure failure)
    {
        await _bench.StartAsync();
        await WatcherBench.UntilAsync(() => _bench.Watcher.Current.SeenAt is not null);
        var seen = _bench.Watcher.Current.SeenAt;
        _transport.Failure = failure;
        var logins = Logins;

        await _bench.PassUntilAsync(() => Logins >= logins + 3);

        Assert.Equal(seen, _bench.Watcher.Current.SeenAt);
        Assert.NotNull(_bench.Watcher.Current.ProblemSince);
        Assert.InRange(_bench.Log.Lines.Count(line => line.StartsWith("900 ", StringComparison.Ordinal)), 1, 2);
        _transport.Failure = null;
        await _bench.PassUntilAsync(() => _bench.Watcher.Current.Problem is null);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_foreign_part_that_throws_ends_no_watcher()
    {
        _transport.BeforeCall = (_, _) => throw new InvalidCastException("A bug of somebody else.");
        await _bench.StartAsync();
        await WatcherBench.UntilAsync(() => _bench.Watcher.Current.Problem is not null);

        _transport.BeforeCall = null;

        await _bench.PassUntilAsync(() => _bench.Watcher.Current.SeenAt is not null);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_watches_hears_of_a_refused_login_and_then_of_the_fleet()
    {
        _transport.Failure = TransportFailure.LoginRefused;
        await _bench.StartAsync();
        await using var changes = _bench.Watcher.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.IsType<FleetChange.Unreachable>(changes.Current);

        _transport.Failure = null;
        var next = changes.MoveNextAsync().AsTask();
        await _bench.PassUntilAsync(() => next.IsCompleted);

        Assert.IsType<FleetChange.Reachable>(changes.Current);
        Assert.True(await changes.MoveNextAsync());
        Assert.IsType<FleetChange.Snapshot>(changes.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task Ten_readers_and_the_service_share_one_login()
    {
        await _bench.StartAsync();
        var readers = Enumerable.Range(0, 10).Select(_ => _bench.Watcher.WatchAsync(Token).GetAsyncEnumerator(Token)).ToList();
        foreach (var reader in readers)
        {
            Assert.True(await reader.MoveNextAsync());
        }

        Assert.Equal(1, Logins);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Stopping_the_application_ends_the_watcher_and_its_looks()
    {
        await _bench.StartAsync();
        await WatcherBench.UntilAsync(() => _bench.Watcher.Current.SeenAt is not null);

        await _bench.StopAsync();
        var calls = _transport.Calls.Count;
        _bench.Clock.Advance(10 * WatcherBench.Interval);

        Assert.Equal(calls, _transport.Calls.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90_000)]
    public void An_interval_that_is_none_is_refused_with_its_name(int seconds)
    {
        var services = new ServiceCollection().AddBentoWatcher(options => options.Interval = TimeSpan.FromSeconds(seconds));
        using var provider = services.BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<FleetWatchOptions>>().Value);

        Assert.Contains("FleetWatchOptions.Interval", refused.Message);
    }

    [Fact]
    public void Adding_all_of_it_twice_adds_nothing_the_second_time()
    {
        var once = new ServiceCollection();
        var twice = new ServiceCollection();
        foreach (var services in new[] { once, twice, twice })
        {
            services.AddBento();
            services.AddBentoWatcher();
            services.AddBentoHealthChecks(["ready"]);
            services.AddBentoAgentService();
        }

        Assert.Equal(once.Select(Described), twice.Select(Described));
    }

    private static string Described(ServiceDescriptor service) => $"{service.Lifetime} {service.ServiceType}";

    private static int EventOf(string line) => int.Parse(line.Split(' ')[0]);
}
