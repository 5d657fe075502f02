using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Telemetry;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Status;

/// <summary>Takes what is new in the area of a host into the status store. After this the area is not asked about the past again.</summary>
internal sealed class ReportIntake(IOptions<BentoOptions> options, [Guarded] IStatusStore store, ReleaseSealer seal, TimeProvider clock)
{
    private const string LostHeartbeat =
        "No heartbeat can be read in logs/ any more: when it was last heard is known from earlier looks only.";

    private const string Gone = "Its area, or the logs/ in it, is gone: what is shown was known before.";
    private const string Unrecorded =
        "Its area has a release, or reports about one, that no record knows and that could not be taken as one of this publisher.";

    private readonly int _keptAttempts = options.Value.KeptAttempts;
    private readonly long _epoch = options.Value.Epoch;

    /// <inheritdoc cref="TakeAsync(IArea, HostName, HostRecord?, CancellationToken)"/>
    public Task<HostFacts> TakeAsync(IArea area, HostName host, CancellationToken cancellationToken) =>
        TakeAsync(area, host, known: null, cancellationToken);

    /// <param name="area">The area of the host.</param>
    /// <param name="host">The host.</param>
    /// <param name="known">Its record, where that was read just now together with others.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record with the heartbeat of now, and what was odd.</returns>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<HostFacts> TakeAsync(IArea area, HostName host, HostRecord? known, CancellationToken cancellationToken)
    {
        HostRecord record;
        try
        {
            record = known ?? await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (StatusStoreException exception)
        {
            // Where the record cannot be read, the area still says what is published and what the host made of it; only the past is
            // missing.
            return await WithoutRecordAsync(area, host, exception.Message, cancellationToken).ConfigureAwait(false);
        }

        var unkept = new List<string>();
        var batch = await ReadAsync(area, record, cancellationToken).ConfigureAwait(false);
        if ((record.Releases.Count == 0 || RecordUpdate.NamesUnknownRelease(record, batch))
            && await AdoptAsync(area, host, record, unkept, cancellationToken).ConfigureAwait(false) is { } adopted)
        {
            record = adopted;
            batch = await ReadAsync(area, record, cancellationToken).ConfigureAwait(false);
        }

        if (!ReferenceEquals(RecordUpdate.Apply(record, batch, _keptAttempts), record))
        {
            var failures = unkept.Count;
            record = await KeepAsync(
                host, record, before => RecordUpdate.Apply(before, batch, _keptAttempts), unkept, cancellationToken).ConfigureAwait(false);
            Instruments.ReportsAccepted.Add(
                unkept.Count == failures ? batch.ReportCount : 0, Instruments.Tag(TagNames.Fleet, options.Value.Fleet));
        }

        // A log is for reading, later and by name: the judgement does without it.
        if (unkept.Count == 0)
        {
            record = await LogIntake.TakeAsync(area, store, host, record, batch, unkept, cancellationToken).ConfigureAwait(false);
        }

        var isLost = record.Heartbeat is not null && batch.Heartbeat is null && !BashRule.Speaks(record);
        var isUnrecorded = await IsUnrecordedAsync(area, record, batch, cancellationToken).ConfigureAwait(false);
        IEnumerable<string> remarks =
        [
            .. batch.IsGone ? [Gone] : isLost ? [LostHeartbeat] : Array.Empty<string>(),
            .. isUnrecorded ? [Unrecorded] : Array.Empty<string>(),
            .. unkept,
            .. batch.Remarks,
        ];
        return new HostFacts(host, RecordUpdate.WithHeartbeat(record, batch), [.. remarks])
        {
            IsHeartbeatRead = !isLost,
            IsRead = !batch.IsGone && !batch.IsCut && !isUnrecorded,
        };
    }

    /// <summary>Nothing published is no news where something was: the records may have been moved away.</summary>
    private static async Task<bool> IsUnrecordedAsync(
        IArea area, HostRecord record, ReportBatch batch, CancellationToken cancellationToken) =>
        record.Releases.Count == 0
        && (RecordUpdate.NamesUnknownRelease(record, batch)
            || await area.LookAsync(AreaPath.Release, cancellationToken).ConfigureAwait(false) is not null);

    private async Task<HostFacts> WithoutRecordAsync(IArea area, HostName host, string damage, CancellationToken cancellationToken)
    {
        var current = await OwnReleaseAsync(area, cancellationToken).ConfigureAwait(false);
        var record = current is null ? HostRecord.Empty : RecordUpdate.Adopt(HostRecord.Empty, current, current.Issued);
        var batch = await ReadAsync(area, record, cancellationToken).ConfigureAwait(false);
        return new HostFacts(
            host,
            RecordUpdate.WithHeartbeat(RecordUpdate.Apply(record, batch, _keptAttempts), batch),
            [damage, .. batch.Remarks])
        { IsRead = false };
    }

    private Task<ReportBatch> ReadAsync(IArea area, HostRecord record, CancellationToken cancellationToken) =>
        ReportReader.ReadAsync(area, record, _keptAttempts, clock, cancellationToken);

    /// <returns>The record with the release of the area; null when it has it already, or when there is none of this publisher.</returns>
    private async Task<HostRecord?> AdoptAsync(
        IArea area, HostName host, HostRecord record, List<string> unkept, CancellationToken cancellationToken) =>
        await OwnReleaseAsync(area, cancellationToken).ConfigureAwait(false) is { } current
            && record.Releases.All(published => published.Release.Id != current.Id)
            ? await KeepAsync(host, record, before => RecordUpdate.Adopt(before, current, clock.GetUtcNow()), unkept, cancellationToken)
                .ConfigureAwait(false)
            : null;

    /// <summary>
    /// Who may look need not have the right to write, and a disk may be full: what cannot be kept is judged all the same.
    /// </summary>
    private async Task<HostRecord> KeepAsync(
        HostName host, HostRecord record, Func<HostRecord, HostRecord> change, List<string> unkept, CancellationToken cancellationToken)
    {
        try
        {
            return await store.UpdateAsync(host, change, cancellationToken).ConfigureAwait(false);
        }
        catch (StatusStoreException exception)
        {
            unkept.Add($"What is new about it could not be kept. {exception.Message}");
            return change(record);
        }
    }

    /// <summary>
    /// Who may look at the fleet need not have its keys: without them no release is known for an own one, and the record stands.
    /// </summary>
    private async Task<Release?> OwnReleaseAsync(IArea area, CancellationToken cancellationToken)
    {
        try
        {
            // A key that was stolen does not begin an epoch: not in the record either.
            return await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false) is { } release && release.Number.Epoch <= _epoch
                ? release
                : null;
        }
        catch (SigningException)
        {
            return null;
        }
    }
}
