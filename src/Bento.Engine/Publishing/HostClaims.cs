using System.Text.Json;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>What a host has said that a publisher should know before it decides. All of it are claims.</summary>
/// <param name="Running">The system that it runs; null when it never said.</param>
/// <param name="Rejected">The systems that it does not switch to again.</param>
internal sealed record HostClaims(StorePath? Running, RejectedSystems Rejected)
{
    /// <summary>
    /// Reads the newest heartbeat, where it lies: nobody needs to have looked at the status before. Where there is none, the record
    /// answers.
    /// </summary>
    public static async Task<HostClaims> ReadAsync(IArea area, HostRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPath.Heartbeat, ReportJson.MaxBytes, cancellationToken).ConfigureAwait(false) is { } beat
                ? Of(ReportJson.ReadHeartbeat(beat))
                : Recorded(record);
        }
        catch (Exception exception) when (exception is JsonException or TransportException)
        {
            // A plan does without it: whatever is in the way there, status says.
            return Recorded(record);
        }
    }

    /// <summary>That a host will not switch to what it gets; null when nothing speaks against it.</summary>
    public string? FindObjection(HostName host, StorePath? system, HostPolicy policy) =>
        system is { } wanted && Rejected.Contains(wanted) && !policy.RetryRolledBack
            ? $"'{host}' went back from {wanted.BaseName} before and does not switch to it again, unless its policy says so "
                + "(retryRolledBack): only another system is tried."
            : null;

    private static HostClaims Recorded(HostRecord record) => new(
        record.Attempts.Where(attempt => attempt.Result is not null)
            .MaxBy(attempt => (attempt.Number, attempt.Attempt))?.Result?.Running ?? record.Heartbeat?.Running,
        record.Heartbeat?.Rejected ?? RejectedSystems.None);

    private static HostClaims Of(Heartbeat beat) => new(beat.Running, beat.Rejected);
}
