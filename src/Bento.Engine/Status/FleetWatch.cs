using Bento.Hosts;
using Bento.Processes;
using Bento.Transport;

namespace Bento.Status;

/// <summary>
/// Looks at the fleet for everybody in this process who watches it: over one connection and one look at a time, however many they are.
/// It begins with the first of them and ends with the last.
/// </summary>
internal sealed class FleetWatch([Guarded] ITransport transport, FleetLook look, FleetSignal signal)
{
    private readonly Lock _lock = new();
    private WatchRun? _run;

    /// <summary>Begins to watch. The first look that the reader gets begins after this call.</summary>
    /// <param name="hosts">Which hosts the reader is interested in.</param>
    /// <param name="interval">The longest time between two looks, for this reader.</param>
    public WatchReader Join(HostSelector hosts, TimeSpan interval)
    {
        lock (_lock)
        {
            var run = _run ??= new WatchRun(transport, look, signal);
            var reader = new WatchReader(this, run, hosts, interval);
            run.Add(reader);
            return reader;
        }
    }

    /// <returns>A task that ends, where it was the last reader, when the connection is closed.</returns>
    public async Task LeaveAsync(WatchReader reader, WatchRun run)
    {
        lock (_lock)
        {
            if (run.Remove(reader))
            {
                return;
            }

            _run = null;
        }

        await run.DisposeAsync().ConfigureAwait(false);
    }
}
