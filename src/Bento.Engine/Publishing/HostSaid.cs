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

    /// <summary>
    /// A host that went back from a system does not switch to it because a file changed beside it: whoever deploys is told.
    /// </summary>
    public static void RemarkOnRejection(DeployRun run, HostRecord record, WantedRelease wanted)
    {
        if (!wanted.Host.Settings.Policy.RetryRolledBack
            && Last(record) is { Outcome: AttemptOutcome.RolledBack, WillRetry: false } last
            && last.Built == wanted.System)
        {
            run.Remark(
                $"'{wanted.Host.Name}' went back from {wanted.System.BaseName} at release {last.Number} and does not switch to it again, "
                    + "unless its policy says so (retryRolledBack): only another system is tried.");
        }
    }

    private static AttemptResult? Last(HostRecord record) => record.Attempts.Where(attempt => attempt.Result is not null)
        .MaxBy(attempt => (attempt.Number, attempt.Attempt))?.Result;
}
