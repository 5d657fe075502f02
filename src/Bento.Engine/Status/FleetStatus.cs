using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Processes;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Looks once over a connection of its own, or again and again together with whoever else watches.</summary>
internal sealed class FleetStatus([Guarded] ITransport transport, FleetLook look, FleetWatch watch) : IFleetStatus
{
    public async Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector selector, CancellationToken cancellationToken)
    {
        var session = new KeptSession(transport);
        await using (session.ConfigureAwait(false))
        {
            return look.Select(selector, await look.TakeAsync([selector], session, cancellationToken).ConfigureAwait(false));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector selector, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var reader = watch.Join(selector, interval);
        await using (reader.ConfigureAwait(false))
        {
            while (true)
            {
                var next = await reader.NextAsync(cancellationToken).ConfigureAwait(false);
                yield return look.Select(selector, next.View);
            }
        }
    }

    public async IAsyncEnumerable<FleetChange> WatchAsync(
        HostSelector selector, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var reader = watch.Join(selector, interval);
        await using (reader.ConfigureAwait(false))
        {
            IReadOnlyList<HostStatus>? before = null;
            for (var isReached = true; ;)
            {
                var (now, failure) = Seen(selector, await reader.NextAsync(cancellationToken).ConfigureAwait(false), before is null);
                if (isReached != now is not null)
                {
                    isReached = now is not null;
                    yield return isReached ? new FleetChange.Reachable() : new FleetChange.Unreachable(failure!.Message);
                }

                if (now is null)
                {
                    continue;
                }

                foreach (var change in before is null ? [new FleetChange.Snapshot(now)] : StatusChanges.Between(before, now))
                {
                    yield return change;
                }

                before = before is null ? now : StatusChanges.Remember(before, now);
            }
        }
    }

    /// <summary>
    /// A watch that has begun goes on whatever the world does; one that never saw the fleet ends with what waiting does not fix.
    /// </summary>
    private (IReadOnlyList<HostStatus>? Now, BentoException? Failure) Seen(HostSelector selector, WatchedLook made, bool isFirst)
    {
        try
        {
            return (look.Select(selector, made.View), null);
        }
        catch (BentoException exception) when (!isFirst || exception.IsTransient)
        {
            return (null, exception);
        }
    }
}
