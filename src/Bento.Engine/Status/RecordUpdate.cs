using Bento.Protocol;

namespace Bento.Status;

/// <summary>
/// Takes new reports into the record of a host. Pure. What was accepted once is not changed by what the host writes later.
/// </summary>
internal static class RecordUpdate
{
    /// <summary>The shortest time after which a heartbeat is kept for its time alone: a host chooses its interval.</summary>
    private static readonly TimeSpan ShortestLag = TimeSpan.FromMinutes(1);

    /// <summary>Takes in a batch; gives the same object when nothing in it is news.</summary>
    public static HostRecord Apply(HostRecord record, ReportBatch batch, int keptAttempts)
    {
        var hasReports = batch.ReportCount > 0;
        var attempts = hasReports ? Attempts(record, batch, keptAttempts) : record.Attempts;
        var bashLogs = BashLogs(record, batch, keptAttempts);
        return attempts == record.Attempts && bashLogs == record.BashLogs && !SaysNews(record, batch)
            ? record
            : record with
            {
                Attempts = attempts,
                BashLogs = bashLogs,
                Heartbeat = batch.Heartbeat ?? record.Heartbeat,
                HeartbeatReceived = batch.HeartbeatReceived ?? record.HeartbeatReceived,
            };
    }

    /// <summary>The record as of now: with the heartbeat of the batch, which comes all day and is not kept each time.</summary>
    public static HostRecord WithHeartbeat(HostRecord record, ReportBatch batch) => batch.Heartbeat is null
        ? record
        : record with { Heartbeat = batch.Heartbeat, HeartbeatReceived = batch.HeartbeatReceived };

    /// <summary>
    /// Adds a release that the area holds and the record does not: its publisher was killed between the two. One that is too far ahead is
    /// none of this publisher.
    /// </summary>
    public static HostRecord Adopt(HostRecord record, Release release, DateTimeOffset now) =>
        record.Releases.Any(published => published.Release.Id == release.Id)
        || !ReleaseSequence.IsNear(release.Number, record.Releases is [var newest, ..] ? newest.Release.Number : default)
            ? record
            : record with
            {
                Releases = [.. record.Releases
                    .Append(new PublishedRelease { Release = release, At = now, By = "unknown" })
                    .OrderByDescending(published => published.Release.Number)
                    .Take(HostRecord.MaxReleases)],
            };

    /// <summary>Says what became of a log.</summary>
    public static HostRecord WithLog(HostRecord record, ReleaseNumber number, int attempt, LogState log) => record with
    {
        Attempts = [.. record.Attempts.Select(
            known => known.Number == number && known.Attempt == attempt ? known with { Log = log } : known)],
    };

    /// <summary>Whether the host speaks of a release that the record does not know.</summary>
    public static bool NamesUnknownRelease(HostRecord record, ReportBatch batch) =>
        batch.StrangerCount > 0
        || (batch.Heartbeat is { Release: { } id } && record.Releases.All(published => published.Release.Id != id));

    private static IReadOnlyList<RecordedAttempt> Attempts(HostRecord record, ReportBatch batch, int keptAttempts)
    {
        var attempts = record.Attempts.ToDictionary(attempt => (attempt.Number, attempt.Attempt));
        var changes = 0;
        foreach (var (start, received) in batch.Starts)
        {
            var attempt = Find(attempts, start.Number, start.Attempt);
            if (attempt.Start is null)
            {
                attempts[(start.Number, start.Attempt)] = attempt with { Start = start, Received = Later(attempt.Received, received) };
                changes++;
            }
        }

        foreach (var (result, received) in batch.Results)
        {
            var attempt = Find(attempts, result.Number, result.Attempt);
            if (attempt.Result is null)
            {
                attempts[(result.Number, result.Attempt)] = attempt with { Result = result, Received = Later(attempt.Received, received) };
                changes++;
            }
        }

        return changes == 0 ? record.Attempts : Newest(attempts.Values, keptAttempts);
    }

    /// <summary>
    /// The newest of each release and the newest of all: one release takes half of the room at most, whatever number of tries a host
    /// claims.
    /// </summary>
    private static IReadOnlyList<RecordedAttempt> Newest(IEnumerable<RecordedAttempt> attempts, int keptAttempts) =>
    [
        .. attempts
            .OrderByDescending(attempt => (attempt.Number, attempt.Attempt))
            .GroupBy(attempt => attempt.Number)
            .SelectMany(release => release.Take(ReportAdmission.KeptOfOneRelease(keptAttempts)))
            .Take(keptAttempts),
    ];

    private static IReadOnlyList<BashLog> BashLogs(HostRecord record, ReportBatch batch, int keptAttempts)
    {
        var fresh = batch.BashLogs
            .Where(log => !record.BashLogs.Any(known => new BashLogName(log.Stamp, log.System, log.Outcome).Is(known)))
            .Where(log => record.BashLogs.Count < keptAttempts || log.Received > record.BashLogs[^1].Received)
            .ToList();
        return fresh.Count == 0
            ? record.BashLogs
            : [.. record.BashLogs.Concat(fresh)
                .OrderByDescending(log => log.Received)
                .ThenByDescending(log => log.Stamp, StringComparer.Ordinal)
                .Take(keptAttempts)];
    }

    /// <summary>
    /// Whether a heartbeat says something else than the one that is kept, or came so much later that without it the host would seem silent
    /// too early.
    /// </summary>
    private static bool SaysNews(HostRecord record, ReportBatch batch) => batch.Heartbeat is { } beat
        && (record.Heartbeat is not { } known
            || (beat with { At = known.At, Detail = known.Detail }) != known
            || ((batch.HeartbeatReceived - record.HeartbeatReceived)?.Duration() is { } lag
                && lag > beat.Interval / 2
                && lag > ShortestLag));

    private static RecordedAttempt Find(Dictionary<(ReleaseNumber, int), RecordedAttempt> attempts, ReleaseNumber number, int attempt) =>
        attempts.TryGetValue((number, attempt), out var found) ? found : new RecordedAttempt(number, attempt);

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
