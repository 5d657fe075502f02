using System.Text.Json;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>
/// Reads what a host wrote into its <c>logs/</c>. Everything there may be hostile: only plain files with a name of the grammar are opened,
/// up to a limit, and what is odd becomes a remark without a word of the host in it.
/// </summary>
internal static class ReportReader
{
    /// <summary>How many entries of a host are looked at: a host with more has its remark, and costs the others nothing.</summary>
    private const int MaxEntries = 5000;

    /// <summary>How long one host may keep the others waiting.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private static readonly string Late = $"Its logs/ could not be read within {MaxTime.TotalSeconds} seconds; the rest was not looked at.";
    private static readonly string Heartbeat = Path.GetFileName(AreaPath.Heartbeat);

    /// <param name="area">The area of the host.</param>
    /// <param name="record">What is known already; reports that cannot add to it are not read.</param>
    /// <param name="keptAttempts">How many attempts a record keeps.</param>
    /// <param name="clock">Nothing arrived later than its now, whatever the server says; and it measures how long the host takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ReportBatch> ReadAsync(
        IArea area, HostRecord record, int keptAttempts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (began, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        var batch = new ReportBatch();
        var admission = new ReportAdmission(record, keptAttempts);
        List<(ReportName Name, DateTimeOffset Received)>? fresh = null;
        var entries = 0;
        await foreach (var entry in area.ListAsync(AreaPath.Logs, cancellationToken).ConfigureAwait(false))
        {
            if (++entries > MaxEntries)
            {
                batch.Remark($"There are more than {MaxEntries} entries in logs/; the rest was not looked at.");
                break;
            }

            if (IsLate())
            {
                batch.GiveUp(Late);
                break;
            }

            var received = entry.Changed > now ? now : entry.Changed;
            if (!entry.IsPlainFile)
            {
                batch.ForeignCount++;
            }
            else if (entry.Name == Heartbeat)
            {
                await ReadHeartbeatAsync(area, received, batch, cancellationToken).ConfigureAwait(false);
            }
            else if (ReportName.TryParse(entry.Name) is { } name)
            {
                if (name.Kind == ReportKind.Log)
                {
                    batch.Logs.Add(name);
                }
                else if (admission.IsWorthReading(name))
                {
                    (fresh ??= []).Add((name, received));
                }
            }
            else if (BashLogName.TryParse(entry.Name) is { } log)
            {
                // Nothing else orders these: a chmod of all of them makes none of them young, and the time that a host sets can only make
                // it look older.
                batch.BashLogs.Add(
                    new BashLog
                    {
                        Stamp = log.Stamp,
                        System = log.System,
                        Outcome = log.Outcome,
                        Received = entry.Written < received ? entry.Written.Value : received,
                    });
            }
            else if (!entry.Name.StartsWith('.'))
            {
                batch.ForeignCount++;
            }
        }

        if (entries > MaxEntries
            && batch.Heartbeat is null
            && await area.LookAsync(AreaPath.Heartbeat, cancellationToken).ConfigureAwait(false) is { } beat)
        {
            // It lies behind the junk: a list has no order.
            await ReadHeartbeatAsync(area, beat.Changed > now ? now : beat.Changed, batch, cancellationToken).ConfigureAwait(false);
        }

        batch.IsGone = entries == 0 && record.Releases.Count > 0 && !await HasLogsAsync(area, cancellationToken).ConfigureAwait(false);
        if (fresh is not null)
        {
            await ReadReportsAsync(area, fresh, admission, batch, 2 * keptAttempts, IsLate, cancellationToken).ConfigureAwait(false);
        }

        return batch;

        bool IsLate() => clock.GetElapsedTime(began) > MaxTime;
    }

    /// <summary>
    /// A directory that is not there lists as one that is empty: a disk that is not mounted would make a fleet that nobody hears of look
    /// well.
    /// </summary>
    private static async Task<bool> HasLogsAsync(IArea area, CancellationToken cancellationToken)
    {
        await foreach (var entry in area.ListAsync(string.Empty, cancellationToken).ConfigureAwait(false))
        {
            if (entry is { Name: AreaPath.Logs, IsPlainFile: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The newest first, until there is as much as a record keeps: what lies below it was pushed out long ago. Names cost a host nothing:
    /// after so many files that gave nothing, or so much time, it is left.
    /// </summary>
    private static async Task ReadReportsAsync(
        IArea area,
        List<(ReportName Name, DateTimeOffset Received)> fresh,
        ReportAdmission admission,
        ReportBatch batch,
        int maxBarren,
        Func<bool> isLate,
        CancellationToken cancellationToken)
    {
        var opened = 0;
        fresh.Sort((left, right) => Rank(right).CompareTo(Rank(left)));
        foreach (var (name, received) in fresh)
        {
            if (!admission.HasRoom(name))
            {
                continue;
            }

            if (opened - batch.ReportCount >= maxBarren || isLate())
            {
                batch.GiveUp(
                    isLate()
                        ? Late
                        : $"{maxBarren} files in logs/ that are named like new reports are something else; the rest was not opened.");
                return;
            }

            opened++;
            await ReadReportAsync(area, name, received, admission, batch, cancellationToken).ConfigureAwait(false);
        }

        // A new epoch counts from 1: until it is heard, what an old one left has the higher numbers.
        (DateTimeOffset, long, int) Rank((ReportName Name, DateTimeOffset Received) report) =>
            (admission.IsEpochHeard ? default : report.Received, report.Name.Sequence, report.Name.Attempt);
    }

    private static async Task ReadReportAsync(
        IArea area,
        ReportName name,
        DateTimeOffset received,
        ReportAdmission admission,
        ReportBatch batch,
        CancellationToken cancellationToken)
    {
        if (name.Kind == ReportKind.Start)
        {
            if (await ReadAsync(
                area, name.ToString(), batch, bytes => ReportJson.ReadStart(bytes), cancellationToken).ConfigureAwait(false) is { } start
                && batch.IsNamed(name, start.Number, start.Attempt)
                && admission.Admit(batch, start.Release, start.Number, start.Attempt))
            {
                batch.Starts.Add((start, received));
            }
        }
        else if (await ReadAsync(
            area, name.ToString(), batch, bytes => ReportJson.ReadResult(bytes), cancellationToken).ConfigureAwait(false) is { } result
            && batch.IsNamed(name, result.Number, result.Attempt)
            && admission.Admit(batch, result.Release, result.Number, result.Attempt))
        {
            batch.Results.Add((ReportAdmission.Bounded(result), received));
        }
    }

    private static async Task ReadHeartbeatAsync(
        IArea area, DateTimeOffset received, ReportBatch batch, CancellationToken cancellationToken)
    {
        if (await ReadAsync(
            area, Heartbeat, batch, bytes => ReportJson.ReadHeartbeat(bytes), cancellationToken).ConfigureAwait(false) is { } beat)
        {
            batch.Heartbeat = beat;
            batch.HeartbeatReceived = received;
        }
    }

    private static async Task<T?> ReadAsync<T>(
        IArea area, string name, ReportBatch batch, Reading<T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await area.ReadAsync(
                $"{AreaPath.Logs}/{name}", ReportJson.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
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
