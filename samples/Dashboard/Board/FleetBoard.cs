using Bento;
using Bento.Hosting;
using Bento.Rollouts;
using Bento.Status;

namespace Dashboard.Board;

/// <summary>Takes each look of the watcher once, for all readers.</summary>
internal sealed class FleetBoard(
    IFleetWatcher watcher, IRollout rollout, IStatusStore store, TimeProvider clock, ILogger<FleetBoard> logger) : BackgroundService
{
    private const int RecordsAtOnce = 500;

    private readonly Timeline _timeline = new();
    private volatile TaskCompletionSource _next = NextLook();
    private volatile Look? _current;

    public Look Current => _current ?? new Look(0, watcher.Current, _timeline, clock.GetUtcNow());

    /// <summary>Waits for a look that is another than the one that is shown.</summary>
    public async Task<Look> NextAsync(Look shown, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _next.Task;
            if (Current is var current && current.Number != shown.Number)
            {
                return current;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = watcher.Current;
        while (true)
        {
            await ShowAsync(known, stoppingToken);
            if (!Current.HasPast && known.SeenAt is not null)
            {
                Show(Current with { HasPast = await ReadPastAsync(known, stoppingToken), Now = clock.GetUtcNow() });
            }

            known = await watcher.WaitAsync(known, stoppingToken);
        }
    }

    private async Task ShowAsync(WatchedFleet fleet, CancellationToken cancellationToken)
    {
        var look = Current with { Fleet = fleet, Now = clock.GetUtcNow() };
        if (fleet is { Problem: null, SeenAt: { } seen })
        {
            _timeline.Add(fleet.Hosts, seen);
            try
            {
                look = look with { Rollout = await rollout.ReadAsync(cancellationToken), RolloutProblem = null };
            }
            catch (BentoException exception)
            {
                look = look with { RolloutProblem = exception.Message };
            }
        }

        Show(look);
    }

    private void Show(Look look)
    {
        _current = look with { Number = Current.Number + 1 };
        Interlocked.Exchange(ref _next, NextLook()).SetResult();
    }

    /// <summary>What the charts begin with: the records of the server. Without them they begin now.</summary>
    private async Task<bool> ReadPastAsync(WatchedFleet fleet, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var hosts in fleet.Hosts.Select(status => status.Host).Chunk(RecordsAtOnce))
            {
                _timeline.AddPast(await store.ReadManyAsync(hosts, cancellationToken));
            }

            return true;
        }
        catch (BentoException exception)
        {
            logger.LogWarning("The past of the fleet cannot be read: {Reason}", exception.Message);
            return false;
        }
    }

    private static TaskCompletionSource NextLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
