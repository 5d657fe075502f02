using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Copies the logs of attempts that ended into the status store: gzip that unpacks, within limits, and nothing else.</summary>
internal static class LogIntake
{
    /// <summary>
    /// Gives the record with what became of the logs; a log that cannot be kept is one thing to say, and the judgement does without it.
    /// </summary>
    public static async Task<HostRecord> TakeAsync(
        IArea area,
        IStatusStore store,
        HostName host,
        HostRecord record,
        ReportBatch batch,
        List<string> unkept,
        CancellationToken cancellationToken)
    {
        foreach (var attempt in record.Attempts)
        {
            if (attempt is { Result: not null, Log: LogState.Missing } && Find(record, attempt, batch) is { } name)
            {
                try
                {
                    var log = await TakeAsync(area, store, host, attempt, name, cancellationToken).ConfigureAwait(false);
                    record = await store.UpdateAsync(
                        host,
                        before => RecordUpdate.WithLog(before, attempt.Number, attempt.Attempt, log),
                        cancellationToken).ConfigureAwait(false);
                }
                catch (StatusStoreException exception)
                {
                    // The other logs would meet the same full disk. The next look tries again.
                    unkept.Add($"A log of it could not be kept. {exception.Message}");
                    return record;
                }
            }
        }

        return record;
    }

    /// <summary>A name says no epoch: only the newest one can have left it.</summary>
    private static ReportName? Find(HostRecord record, RecordedAttempt attempt, ReportBatch batch)
    {
        var name = new ReportName(attempt.Number.Sequence, attempt.Attempt, ReportKind.Log);
        return attempt.Number.Epoch == record.Attempts[0].Number.Epoch && batch.Logs.Contains(name) ? name : null;
    }

    private static async Task<LogState> TakeAsync(
        IArea area, IStatusStore store, HostName host, RecordedAttempt attempt, ReportName name, CancellationToken cancellationToken)
    {
        try
        {
            if (await area.ReadAsync(
                $"{AreaPath.Logs}/{name}", LogText.MaxPackedBytes, cancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                return LogState.Missing;
            }

            LogText.Check(bytes);
            await store.WriteLogAsync(host, attempt.Number, attempt.Attempt, bytes, cancellationToken).ConfigureAwait(false);
            return LogState.Kept;
        }
        catch (InvalidDataException)
        {
            return LogState.Unreadable;
        }
        catch (TransportException exception) when (!exception.IsTransient)
        {
            return LogState.Unreadable;
        }
    }
}
