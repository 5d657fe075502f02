using Bento.Hosts;
using Bento.Processes;
using Bento.Telemetry;
using Bento.Transport;

namespace Bento.Status;

/// <summary>One look at a fleet: read new reports → keep them → judge, host by host and many at once.</summary>
internal sealed class FleetLook(
    FleetHosts hosts, [Guarded] IStatusStore store, ReportIntake intake, FailedBuilds failedBuilds, TimeProvider clock)
{
    /// <param name="selectors">Whose hosts are looked at: any of them includes a host.</param>
    /// <param name="session">The connection, or where there will be one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    public async Task<FleetView> TakeAsync(
        IReadOnlyCollection<HostSelector> selectors, KeptSession session, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Status)?.SetTag(TagNames.Fleet, hosts.Fleet);
        var began = clock.GetTimestamp();
        try
        {
            var view = await session.LookAsync(
                connected => TakeAsync(selectors, connected, cancellationToken), cancellationToken).ConfigureAwait(false);
            Instruments.StatusRead(
                hosts.Fleet, view.Statuses, view.Statuses.Count == view.Known.Count, clock.GetElapsedTime(began));
            _ = activity?.SetTag(TagNames.HostCount, view.Statuses.Count);
            return view;
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    /// <summary>The part of a look that one selector is about.</summary>
    /// <exception cref="InvalidFleetException">The selector selects nothing.</exception>
    public IReadOnlyList<HostStatus> Select(HostSelector selector, FleetView view)
    {
        if (selector.IsAll)
        {
            return view.Statuses;
        }

        var included = hosts.Included(selector, view.Known);
        return [.. view.Statuses.Where(status => included.Contains(status.Host))];
    }

    private async Task<FleetView> TakeAsync(
        IReadOnlyCollection<HostSelector> selectors, ITransportSession session, CancellationToken cancellationToken)
    {
        var known = await hosts.FindAsync(session, cancellationToken).ConfigureAwait(false);
        var isIncluded = hosts.IncludedByAny(selectors);
        var selected = known.Where(host => isIncluded(host.Host)).ToList();
        var records = await store.ReadManyAsync([.. selected.Select(row => row.Host)], cancellationToken).ConfigureAwait(false);
        var failed = failedBuilds.Read();
        var statuses = new HostStatus[selected.Count];
        var isInterrupted = false;
        await Parallel.ForAsync(0, selected.Count, FleetHosts.Parallelism(cancellationToken), async (index, token) =>
        {
            var (host, isInFleet) = selected[index];
            var (facts, isCut) = await ReadAsync(session, host, records.GetValueOrDefault(host), token).ConfigureAwait(false);
            facts = facts with { IsInFleet = isInFleet, FailedBuild = failed.GetValueOrDefault(host) };
            statuses[index] = StatusRule.Judge(facts, clock.GetUtcNow());
            if (isCut)
            {
                Volatile.Write(ref isInterrupted, true);
            }
        }).ConfigureAwait(false);
        return new FleetView([.. known.Select(host => host.Host)], statuses, isInterrupted);
    }

    private async Task<(HostFacts Facts, bool IsCut)> ReadAsync(
        ITransportSession session, HostName host, HostRecord? record, CancellationToken cancellationToken)
    {
        try
        {
            return (await intake.TakeAsync(session.OpenArea(host), host, record, cancellationToken).ConfigureAwait(false), false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever a host wrote, whatever a store throws: it costs its own row a remark, never the table.
            var remark = exception is BentoException
                ? exception.Message
                : $"Its area or record could not be read ({exception.GetType().Name}).";
            record ??= await store.ReadOrEmptyAsync(host, cancellationToken).ConfigureAwait(false);
            return (new HostFacts(host, record, [remark]) { IsHeartbeatRead = false, IsRead = false }, IsCut(exception));
        }
    }

    private static bool IsCut(Exception exception) => exception is TransportException { IsTransient: true };
}
