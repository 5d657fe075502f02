using Bento.Hosts;
using Bento.Transport;

namespace Bento.Status;

/// <summary>The looks of a watch, from the first reader to the last: look → tell everybody → wait for a change or the time.</summary>
internal sealed class WatchRun(ITransport transport, FleetLook look, FleetSignal signal) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<WatchReader> _readers = [];
    private Task? _looking;
    private TaskCompletionSource _joined = NewSource();
    private TaskCompletionSource _told = NewSource();
    private WatchedLook? _latest;
    private long _begun;

    public void Add(WatchReader reader)
    {
        lock (_lock)
        {
            reader.Seen = _begun;
            _readers.Add(reader);
            _ = _joined.TrySetResult();

            // It outlives whoever came first: neither the span nor the locals of that caller belong to it.
            using (ExecutionContext.SuppressFlow())
            {
                _looking ??= Task.Run(LookAsync);
            }
        }
    }

    /// <returns>Whether others are left.</returns>
    public bool Remove(WatchReader reader)
    {
        lock (_lock)
        {
            _ = _readers.Remove(reader);
            return _readers.Count > 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Waits for a look with a higher number.</summary>
    public async Task<WatchedLook> NextAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task told;
            lock (_lock)
            {
                if (_latest is { } latest && latest.Number > seen)
                {
                    return latest;
                }

                told = _told.Task;
            }

            await told.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync()
    {
        // Listening begins before the first look, so that nothing is lost between the two.
        using var changes = signal.Listen();
        var session = new KeptSession(transport);
        await using (session.ConfigureAwait(false))
        {
            while (!_stop.IsCancellationRequested)
            {
                var (number, hosts, joined) = Begin();
                var made = await TakeAsync(number, hosts, session).ConfigureAwait(false);

                // Who is told finds the wait begun already, and may rely on the interval from there on.
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                var wait = changes.WaitAsync(Interval(), enough.Token);
                Tell(made);
                _ = await Task.WhenAny(wait, joined).ConfigureAwait(false);
                await enough.CancelAsync().ConfigureAwait(false);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<WatchedLook> TakeAsync(long number, IReadOnlyCollection<HostSelector> hosts, KeptSession session)
    {
        try
        {
            return new WatchedLook(number, await look.TakeAsync(hosts, session, _stop.Token).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            // Whatever it is, each reader decides what it means to them.
            return new WatchedLook(number, null, exception);
        }
    }

    /// <summary>From here on, who comes wants another look.</summary>
    private (long Number, IReadOnlyCollection<HostSelector> Hosts, Task Joined) Begin()
    {
        lock (_lock)
        {
            _joined = NewSource();
            return (++_begun, [.. _readers.Select(reader => reader.Hosts).Distinct()], _joined.Task);
        }
    }

    private TimeSpan Interval()
    {
        lock (_lock)
        {
            return _readers.Count > 0 ? _readers.Min(reader => reader.Interval) : TimeSpan.FromHours(1);
        }
    }

    private void Tell(WatchedLook made)
    {
        lock (_lock)
        {
            _latest = made;
            _told.SetResult();
            _told = NewSource();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
