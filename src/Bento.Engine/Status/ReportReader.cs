using System.Text.Json;
using Bento.Agents;
using Bento.Publishing;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Reads what a host wrote into its <c>logs/</c>. Everything there may be hostile: only plain files with a name of the grammar are opened, up to a limit, and what is odd becomes a remark without a word of the host in it.</summary>
internal static class ReportReader
{
    /// <summary>How many entries of a host are looked at: a host with more has its remark, and costs the others nothing.</summary>
    private const int MaxEntries = 5000;

    /// <param name="area">The area of the host.</param>
    /// <param name="record">What is known already; reports in it are not read again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ReportBatch> ReadAsync(IArea area, HostRecord record, CancellationToken cancellationToken)
    {
        var batch = new ReportBatch();
        var entries = 0;
        await foreach (var entry in area.ListAsync(AreaPaths.Logs, cancellationToken).ConfigureAwait(false))
        {
            if (++entries > MaxEntries)
            {
                batch.Remark($"There are more than {MaxEntries} entries in logs/; the rest was not looked at.");
                break;
            }

            if (!entry.IsPlainFile)
            {
                batch.ForeignCount++;
            }
            else if (entry.Name == Path.GetFileName(AreaPaths.Heartbeat))
            {
                await ReadHeartbeatAsync(area, entry, batch, cancellationToken).ConfigureAwait(false);
            }
            else if (ReportName.TryParse(entry.Name) is { } name)
            {
                await ReadReportAsync(area, entry, name, record, batch, cancellationToken).ConfigureAwait(false);
            }
            else if (!entry.Name.StartsWith('.'))
            {
                batch.ForeignCount++;
            }
        }

        return batch;
    }

    private static async Task ReadHeartbeatAsync(IArea area, AreaEntry entry, ReportBatch batch, CancellationToken cancellationToken)
    {
        if (await ReadAsync(area, entry.Name, batch, bytes => ReportJson.ReadHeartbeat(bytes), cancellationToken).ConfigureAwait(false) is { } beat)
        {
            batch.Heartbeat = beat;
            batch.HeartbeatReceived = entry.Changed;
        }
    }

    private static async Task ReadReportAsync(
        IArea area, AreaEntry entry, ReportName name, HostRecord record, ReportBatch batch, CancellationToken cancellationToken)
    {
        var known = record.Attempts.FirstOrDefault(attempt => IsKnown(attempt, name, record));
        if (name.Kind == ReportKind.Start && known?.Start is null
            && await ReadAsync(area, entry.Name, batch, bytes => ReportJson.ReadStart(bytes), cancellationToken).ConfigureAwait(false) is { } start
            && batch.IsNamed(name, start.Number, start.Attempt)
            && record.Attempts.All(attempt => attempt.Start is null || (attempt.Number, attempt.Attempt) != (start.Number, start.Attempt)))
        {
            batch.Starts.Add((start, entry.Changed));
        }
        else if (name.Kind == ReportKind.Result && known?.Result is null
            && await ReadAsync(area, entry.Name, batch, bytes => ReportJson.ReadResult(bytes), cancellationToken).ConfigureAwait(false) is { } result
            && batch.IsNamed(name, result.Number, result.Attempt)
            && record.Attempts.All(attempt => attempt.Result is null || (attempt.Number, attempt.Attempt) != (result.Number, result.Attempt)))
        {
            batch.Results.Add((result, entry.Changed));
        }
    }

    /// <summary>Names do not say the epoch: what an older epoch left is read again, until a report of this one takes its name. Times would not tell: clocks go back.</summary>
    private static bool IsKnown(RecordedAttempt attempt, ReportName name, HostRecord record) =>
        attempt.Number.Sequence == name.Sequence
        && attempt.Attempt == name.Attempt
        && (record.Releases is not [var current, ..] || attempt.Number.Epoch == current.Release.Number.Epoch);

    private static async Task<T?> ReadAsync<T>(IArea area, string name, ReportBatch batch, Reading<T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await area.ReadAsync($"{AreaPaths.Logs}/{name}", ReportJson.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                ? read(bytes)
                : null;
        }
        catch (JsonException)
        {
            batch.UnreadableCount++;
            return null;
        }
        catch (TransportException exception) when (!exception.IsTransient)
        {
            batch.UnreadableCount++;
            return null;
        }
    }

    private delegate T Reading<T>(ReadOnlySpan<byte> utf8);
}
