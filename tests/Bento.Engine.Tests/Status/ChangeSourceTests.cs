using Bento.Hosts;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Status;

/// <summary>A transport of somebody else that is told when something changes.</summary>
public sealed class ChangeSourceTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ToldTransport _transport = new();

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task A_transport_that_is_told_of_changes_makes_a_watch_look_at_once()
    {
        await using var services = Services();
        var token = TestContext.Current.CancellationToken;
        await using var changes = services.GetRequiredService<IFleetStatus>().WatchAsync(HostSelector.All, TimeSpan.FromDays(1), token)
            .GetAsyncEnumerator(token);
        Assert.True(await changes.MoveNextAsync());

        _transport.Inner.Server.Put(HostName.Parse("h1"), "logs/beat.json", "{}");
        var next = changes.MoveNextAsync().AsTask();
        _transport.Told!();
        while (!next.IsCompleted)
        {
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, token));
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal(HostChange.Appeared, Assert.IsType<FleetChange.HostChanged>(changes.Current).What);
        Assert.True(_clock.GetUtcNow() - _clock.Start < TimeSpan.FromDays(1));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_cannot_tell_is_looked_at_once_an_interval_and_in_no_busy_loop()
    {
        _transport.IsDeaf = true;
        await using var services = Services();
        var token = TestContext.Current.CancellationToken;
        await using var looks = services.GetRequiredService<IFleetStatus>().FollowAsync(HostSelector.All, TimeSpan.FromDays(1), token)
            .GetAsyncEnumerator(token);
        Assert.True(await looks.MoveNextAsync());

        var next = looks.MoveNextAsync();
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await next);
        Assert.Equal(2, _transport.Inner.Calls.Count(call => call.Operation == "areas"));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection().AddSingleton<ITransport>(_transport).AddSingleton<TimeProvider>(_clock);
        return services.AddBento(options => options.Directory = _directory.FullPath).Services.BuildServiceProvider();
    }

    private sealed class ToldTransport : ITransport, IChangeSource
    {
        public InMemoryTransport Inner { get; } = new();

        public bool IsDeaf { get; set; }

        public Action? Told { get; private set; }

        public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => Inner.ConnectAsync(cancellationToken);

        public IDisposable? Listen(Action changed)
        {
            Told = IsDeaf ? throw new NotSupportedException("Nobody tells.") : changed;
            return null;
        }
    }
}
