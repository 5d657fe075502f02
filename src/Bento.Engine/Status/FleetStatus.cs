using System.Collections.Concurrent;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Status;

/// <summary>Read new reports → keep them → judge, host by host and many at once.</summary>
internal sealed class FleetStatus(IOptions<BentoOptions> options, ITransport transport, IStatusStore store, ReleaseSeal seal, TimeProvider clock) : IFleetStatus
{
    private const int MaxConcurrentHosts = 16;

    public async Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken)
    {
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var known = (await store.ListAsync(cancellationToken).ConfigureAwait(false))
                .Union(await session.ListAreasAsync(cancellationToken).ConfigureAwait(false))
                .ToList();
            var selection = new HostSelection(hosts, options.Value);
            var selected = known.Where(selection.Includes).ToList();
            if (selected.Count == 0 && !selection.IsAll)
            {
                throw selection.Empty(known);
            }

            var statuses = new ConcurrentBag<HostStatus>();
            var parallelism = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentHosts, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                selected, parallelism, async (host, token) => statuses.Add(await ReadAsync(session.OpenArea(host), host, token).ConfigureAwait(false))).ConfigureAwait(false);
            return [.. statuses.OrderBy(status => status.Host)];
        }
    }

    private async Task<HostStatus> ReadAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        var record = HostRecord.Empty;
        try
        {
            (record, var damage) = await ReadRecordAsync(area, host, cancellationToken).ConfigureAwait(false);
            var batch = await ReportReader.ReadAsync(area, record, cancellationToken).ConfigureAwait(false);
            var seen = RecordUpdate.Apply(record, batch);
            if (damage is not null)
            {
                return StatusRule.Judge(new HostFacts(host, seen, seen.Heartbeat, seen.HeartbeatReceived, [damage, .. batch.Remarks]), clock.GetUtcNow());
            }

            // Heartbeats come all day and are not kept, but for the first: a host that was heard once is never new again.
            var isNews = batch.HasReports || (record.Heartbeat is null && batch.Heartbeat is not null);
            if (isNews || record.Releases.Count == 0 || RecordUpdate.NamesUnknownRelease(seen))
            {
                seen = RecordUpdate.Apply(await KeepAsync(area, host, isNews ? batch : null, cancellationToken).ConfigureAwait(false), batch);
            }

            return StatusRule.Judge(new HostFacts(host, seen, seen.Heartbeat, seen.HeartbeatReceived, batch.Remarks), clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever a host wrote, whatever a store throws: it costs its own row a remark, never the table.
            var remark = exception is BentoException ? exception.Message : $"Its area or record could not be read ({exception.GetType().Name}).";
            return StatusRule.Judge(new HostFacts(host, record, record.Heartbeat, record.HeartbeatReceived, [remark]), clock.GetUtcNow());
        }
    }

    /// <summary>Where the record cannot be read, the area still says what is published and what the host made of it; only the past is missing.</summary>
    private async Task<(HostRecord Record, string? Damage)> ReadRecordAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadAsync(host, cancellationToken).ConfigureAwait(false), null);
        }
        catch (StatusStoreException exception)
        {
            var current = await OwnReleaseAsync(area, cancellationToken).ConfigureAwait(false);
            return (current is null ? HostRecord.Empty : RecordUpdate.Adopt(HostRecord.Empty, current, current.Issued), exception.Message);
        }
    }

    private async Task<HostRecord> KeepAsync(IArea area, HostName host, ReportBatch? news, CancellationToken cancellationToken)
    {
        var current = await OwnReleaseAsync(area, cancellationToken).ConfigureAwait(false);
        return await store.UpdateAsync(
            host,
            record =>
            {
                var applied = news is null ? record : RecordUpdate.Apply(record, news);
                return current is null ? applied : RecordUpdate.Adopt(applied, current, clock.GetUtcNow());
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Who may look at the fleet need not have its keys: without them no release is known for an own one, and the record stands.</summary>
    private async Task<Release?> OwnReleaseAsync(IArea area, CancellationToken cancellationToken)
    {
        try
        {
            // A key that was stolen does not begin an epoch: not in the record either.
            return await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false) is { } release && release.Number.Epoch <= options.Value.Epoch ? release : null;
        }
        catch (SigningException)
        {
            return null;
        }
    }
}
