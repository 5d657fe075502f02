using System.Text.Json;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>What a host has said that a publisher should know before it decides. All of it are claims.</summary>
internal static class HostSaid
{
    /// <summary>
    /// The system that the host runs by its newest heartbeat, or by its last result where it has none; null when it never said.
    /// </summary>
    public static async Task<StorePath?> RunningAsync(IArea area, HostRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPath.Heartbeat, ReportJson.MaxBytes, cancellationToken).ConfigureAwait(false) is { } beat
                ? ReportJson.ReadHeartbeat(beat).Running
                : Last(record)?.Running;
        }
        catch (Exception exception) when (exception is JsonException or TransportException)
        {
            // A plan does without it: whatever is in the way there, status says.
            return Last(record)?.Running;
        }
    }

    /// <summary>The number of the release whose system the host went back from, when it is this one and it is not tried again.</summary>
    public static ReleaseNumber? FindRejection(HostRecord record, StorePath system) =>
        Last(record) is { Outcome: AttemptOutcome.RolledBack, WillRetry: false } last && last.Built == system ? last.Number : null;

    private static AttemptResult? Last(HostRecord record) => record.Attempts.Where(attempt => attempt.Result is not null)
        .MaxBy(attempt => (attempt.Number, attempt.Attempt))?.Result;
}
