using System.Text.Json;

namespace Bento.Status;

/// <summary>The record of a host as it is kept on disk.</summary>
internal sealed record RecordDocument(
    int Schema,
    IReadOnlyList<RecordDocument.ReleasePart> Releases,
    IReadOnlyList<RecordDocument.AttemptPart> Attempts,
    JsonElement? Heartbeat,
    DateTimeOffset? HeartbeatReceived,
    IReadOnlyList<RecordDocument.BashLogPart>? BashLogs = null)
{
    internal sealed record ReleasePart(JsonElement Release, DateTimeOffset At, string By, IReadOnlyList<string>? SignedBy = null);

    internal sealed record AttemptPart(
        long Epoch,
        long Sequence,
        int Attempt,
        JsonElement? Start,
        JsonElement? Result,
        DateTimeOffset Received,
        LogState Log = LogState.Missing);

    internal sealed record BashLogPart(string Stamp, string System, BashOutcome Outcome, DateTimeOffset Received);
}
