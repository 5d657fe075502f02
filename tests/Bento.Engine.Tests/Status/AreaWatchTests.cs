using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Status;

public sealed class AreaWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly TempDirectory _areas = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _areas.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task S40_what_happens_before_the_wait_ends_it()
    {
        _areas.WriteFile("h1/logs/old");
        using var watch = new AreaWatch(_areas.FullPath, _clock);
        _areas.WriteFile("h1/logs/beat.json");

        await EndsAsync(watch.WaitAsync(Interval, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_host_that_writes_without_end_costs_a_look_a_second_at_most()
    {
        _areas.WriteFile("h1/logs/old");
        using var watch = new AreaWatch(_areas.FullPath, _clock);
        _areas.WriteFile("h1/logs/beat.json");
        var began = _clock.GetUtcNow();

        await EndsAsync(watch.WaitAsync(Interval, TestContext.Current.CancellationToken));

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
    }

    [Fact(Timeout = 30_000)]
    public async Task S40_a_directory_that_is_missing_is_no_busy_loop_and_is_seen_when_it_comes()
    {
        using var watch = new AreaWatch(_areas["later"], _clock);
        var first = watch.WaitAsync(Interval, TestContext.Current.CancellationToken);
        Assert.False(first.IsCompleted);
        _clock.Advance(Interval);
        await first;
        _areas.WriteFile("later/h1/logs/beat.json");

        await EndsAsync(watch.WaitAsync(Interval, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_that_was_put_in_the_place_of_another_is_watched()
    {
        _areas.WriteFile("areas/h1/logs/old");
        _areas.WriteFile("other/h1/logs/old");
        using var watch = new AreaWatch(_areas["areas"], _clock);
        Directory.Move(_areas["areas"], _areas["away"]);
        Directory.Move(_areas["other"], _areas["areas"]);
        await EndsAsync(watch.WaitAsync(Interval, TestContext.Current.CancellationToken));

        _areas.WriteFile("areas/h1/logs/beat.json");

        await EndsAsync(watch.WaitAsync(Interval, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_published_beside_the_reports_wakes_nobody()
    {
        _areas.WriteFile("h1/config/hosts/h1/flake.nix");
        _areas.WriteFile("h1/logs/old");
        using var watch = new AreaWatch(_areas.FullPath, _clock);
        foreach (var number in Enumerable.Range(0, 100))
        {
            _areas.WriteFile($"h1/config/hosts/h1/{number}.nix");
        }

        var wait = watch.WaitAsync(Interval, TestContext.Current.CancellationToken);
        await Task.WhenAny(wait, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(wait.IsCompleted);

        _areas.WriteFile("h1/logs/beat.json");
        await EndsAsync(wait);
    }

    [Fact(Timeout = 30_000)]
    public async Task Where_nothing_can_be_watched_the_interval_ends_the_wait()
    {
        using var watch = new AreaWatch(null, _clock);
        var wait = watch.WaitAsync(Interval, TestContext.Current.CancellationToken);

        _clock.Advance(Interval - TimeSpan.FromTicks(1));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        await wait;
    }

    [Fact(Timeout = 30_000)]
    public async Task Cancelling_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        using var watch = new AreaWatch(null, _clock);
        var wait = watch.WaitAsync(Interval, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    /// <summary>The kernel tells in its own time; the clock of the test only moves while it has not.</summary>
    private async Task EndsAsync(Task wait)
    {
        for (var began = _clock.GetUtcNow(); !wait.IsCompleted && _clock.GetUtcNow() - began < Interval / 2;)
        {
            await Task.WhenAny(wait, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.True(wait.IsCompletedSuccessfully);
    }
}
