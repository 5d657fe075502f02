using Bento.Publishing;

namespace Bento.Status;

/// <summary>Takes new reports into the record of a host. Pure. What was accepted once is not changed by what the host writes later.</summary>
internal static class RecordUpdate
{
    /// <summary>How many attempts a record keeps; older ones go.</summary>
    private const int MaxAttempts = 20;

    public static HostRecord Apply(HostRecord record, ReportBatch batch)
    {
        var attempts = record.Attempts.ToDictionary(attempt => (attempt.Number, attempt.Attempt));
        foreach (var (start, received) in batch.Starts)
        {
            var attempt = Find(attempts, start.Number, start.Attempt);
            attempts[(start.Number, start.Attempt)] = attempt.Start is null ? attempt with { Start = start, Received = Later(attempt.Received, received) } : attempt;
        }

        foreach (var (result, received) in batch.Results)
        {
            var attempt = Find(attempts, result.Number, result.Attempt);
            attempts[(result.Number, result.Attempt)] = attempt.Result is null ? attempt with { Result = result, Received = Later(attempt.Received, received) } : attempt;
        }

        return record with
        {
            Attempts = [.. attempts.Values.OrderByDescending(attempt => (attempt.Number, attempt.Attempt)).Take(MaxAttempts)],
            Heartbeat = batch.Heartbeat ?? record.Heartbeat,
            HeartbeatReceived = batch.HeartbeatReceived ?? record.HeartbeatReceived,
        };
    }

    /// <summary>Adds a release that the area holds and the record does not: its publisher was killed between the two. One that is too far ahead is none of this publisher.</summary>
    public static HostRecord Adopt(HostRecord record, Release release, DateTimeOffset now) =>
        record.Releases.Any(published => published.Release.Id == release.Id)
        || !ReleaseSequence.IsNear(release.Number, record.Releases is [var newest, ..] ? newest.Release.Number : default)
            ? record
            : record with
            {
                Releases = [.. record.Releases
                    .Append(new PublishedRelease(release, now, "unknown"))
                    .OrderByDescending(published => published.Release.Number)
                    .Take(HostRecord.MaxReleases)],
            };

    /// <summary>Whether the host speaks of a release that the record does not know.</summary>
    public static bool NamesUnknownRelease(HostRecord record) =>
        record.Attempts.Select(attempt => attempt.Result?.Release ?? attempt.Start?.Release)
            .Append(record.Heartbeat?.Release)
            .Any(id => id is not null && record.Releases.All(published => published.Release.Id != id));

    private static RecordedAttempt Find(Dictionary<(ReleaseNumber, int), RecordedAttempt> attempts, ReleaseNumber number, int attempt) =>
        attempts.TryGetValue((number, attempt), out var found) ? found : new RecordedAttempt(number, attempt);

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
