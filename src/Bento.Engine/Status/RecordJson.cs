using System.Text.Json;
using Bento.Agents;
using Bento.Building;
using Bento.Publishing;

namespace Bento.Status;

/// <summary>The record of a host as JSON. Releases and reports stand in it exactly as they travelled.</summary>
internal static class RecordJson
{
    private const int Schema = 1;

    public static byte[] Write(HostRecord record) => JsonSerializer.SerializeToUtf8Bytes(
        new RecordDocument(
            Schema,
            [.. record.Releases.Select(release => new RecordDocument.ReleasePart(Element(ReleaseJson.Write(release.Release)), release.At, release.By))],
            [.. record.Attempts.Select(attempt => new RecordDocument.AttemptPart(
                attempt.Number.Epoch,
                attempt.Number.Sequence,
                attempt.Attempt,
                attempt.Start is { } start ? Element(ReportJson.Write(start)) : null,
                attempt.Result is { } result ? Element(ReportJson.Write(result)) : null,
                attempt.Received,
                attempt.Log))],
            record.Heartbeat is { } beat ? Element(ReportJson.Write(beat)) : null,
            record.HeartbeatReceived,
            record.BashLogs.Count == 0 ? null : [.. record.BashLogs.Select(log => new RecordDocument.BashLogPart(log.Stamp, log.System.ToString(), log.Outcome, log.Received))]),
        RecordJsonContext.Default.RecordDocument);

    /// <exception cref="JsonException">The bytes are no record of this schema.</exception>
    public static HostRecord Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonSerializer.Deserialize(utf8, RecordJsonContext.Default.RecordDocument) ?? throw new JsonException("It is null.");

        // The serialiser looks after null everywhere but in lists.
        if (document.Releases.Any(part => part is null) || document.Attempts.Any(part => part is null))
        {
            throw new JsonException("A release or an attempt is null.");
        }

        return document.Schema == Schema
            ? new HostRecord
            {
                Releases = [.. document.Releases.Select(part => new PublishedRelease(ReleaseJson.Read(Bytes(part.Release)), part.At, part.By))],
                Attempts = [.. document.Attempts.Select(ReadAttempt)],
                Heartbeat = document.Heartbeat is { } beat ? ReportJson.ReadHeartbeat(Bytes(beat)) : null,
                HeartbeatReceived = document.HeartbeatReceived,
                BashLogs = [.. (document.BashLogs ?? []).Select(part => new BashLog(part.Stamp, StorePath.Parse(part.System), part.Outcome, part.Received))],
            }
            : throw new JsonException($"It has schema {document.Schema}; this program reads schema {Schema}.");
    }

    private static RecordedAttempt ReadAttempt(RecordDocument.AttemptPart part) => new(new ReleaseNumber(part.Epoch, part.Sequence), part.Attempt)
    {
        Start = part.Start is { } start ? ReportJson.ReadStart(Bytes(start)) : null,
        Result = part.Result is { } result ? ReportJson.ReadResult(Bytes(result)) : null,
        Received = part.Received,
        Log = part.Log,
    };

    private static JsonElement Element(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }

    private static ReadOnlySpan<byte> Bytes(JsonElement element) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
}
