using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Processes;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Read new reports → keep them → judge, host by host and many at once.</summary>
internal sealed class FleetStatus(
    FleetHosts hosts, ITransport transport, [Guarded] IStatusStore store, ReportIntake intake, FleetSignal signal, TimeProvider clock)
        : IFleetStatus
{
    public async Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector selector, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity("bento.status");
        var began = clock.GetTimestamp();
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var selected = await hosts.SelectAsync(selector, session, cancellationToken).ConfigureAwait(false);
            var records = await store.ReadManyAsync([.. selected.Select(row => row.Host)], cancellationToken).ConfigureAwait(false);
            var statuses = new HostStatus[selected.Count];
            await Parallel.ForAsync(0, selected.Count, FleetHosts.Parallelism(cancellationToken), async (index, token) =>
            {
                var (host, isInFleet) = selected[index];
                var facts = await ReadAsync(session, host, records.GetValueOrDefault(host), token).ConfigureAwait(false);
                statuses[index] = StatusRule.Judge(facts with { IsInFleet = isInFleet }, clock.GetUtcNow());
            }).ConfigureAwait(false);
            BentoTelemetry.StatusRead(statuses, clock.GetElapsedTime(began));
            _ = activity?.SetTag(BentoTelemetry.HostCount, statuses.Length);
            return statuses;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector selector, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);

        // Listening begins before the first look, so that nothing is lost between the two.
        using var changes = signal.Listen();
        while (true)
        {
            yield return await ReadAsync(selector, cancellationToken).ConfigureAwait(false);
            await changes.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<FleetChange> WatchAsync(
        HostSelector selector, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        using var changes = signal.Listen();
        var before = await ReadAsync(selector, cancellationToken).ConfigureAwait(false);
        yield return new FleetChange.Snapshot(before);
        for (var isReached = true; ;)
        {
            await changes.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            var (now, failure) = await TryReadAsync(selector, cancellationToken).ConfigureAwait(false);
            if (isReached != now is not null)
            {
                isReached = now is not null;
                yield return isReached ? new FleetChange.Reachable() : new FleetChange.Unreachable(failure!.Message);
            }

            if (now is null)
            {
                continue;
            }

            foreach (var change in StatusChanges.Between(before, now))
            {
                yield return change;
            }

            before = StatusChanges.Remember(before, now);
        }
    }

    private async Task<(IReadOnlyList<HostStatus>? Statuses, TransportException? Failure)> TryReadAsync(
        HostSelector selector, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(selector, cancellationToken).ConfigureAwait(false), null);
        }
        catch (TransportException exception) when (exception.IsTransient)
        {
            return (null, exception);
        }
    }

    private async Task<HostFacts> ReadAsync(
        ITransportSession session, HostName host, HostRecord? record, CancellationToken cancellationToken)
    {
        try
        {
            return await intake.TakeAsync(session.OpenArea(host), host, record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever a host wrote, whatever a store throws: it costs its own row a remark, never the table.
            var remark = exception is BentoException
                ? exception.Message
                : $"Its area or record could not be read ({exception.GetType().Name}).";
            return new HostFacts(host, record ?? await store.ReadOrEmptyAsync(host, cancellationToken).ConfigureAwait(false), [remark])
            {
                IsHeartbeatRead = false,
                IsRead = false,
            };
        }
    }
}
