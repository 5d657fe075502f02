using Bento.Hosts;

namespace Bento.Status;

/// <summary>Somebody who watches. Whoever reads slowly misses looks and never the last one: nothing is queued.</summary>
/// <remarks>Used by one caller at a time.</remarks>
internal sealed class WatchReader(FleetWatch watch, WatchRun run, HostSelector hosts, TimeSpan interval) : IAsyncDisposable
{
    public HostSelector Hosts => hosts;

    public TimeSpan Interval => interval;

    /// <summary>
    /// The number of the last look that this reader has no use for: those that began before it came, and what it has seen.
    /// </summary>
    public long Seen { get; set; }

    /// <summary>Waits for a look that this reader has not seen.</summary>
    public async Task<WatchedLook> NextAsync(CancellationToken cancellationToken)
    {
        var look = await run.NextAsync(Seen, cancellationToken).ConfigureAwait(false);
        Seen = look.Number;
        return look;
    }

    public async ValueTask DisposeAsync() => await watch.LeaveAsync(this, run).ConfigureAwait(false);
}
