using System.Text.Encodings.Web;
using System.Text.Json;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>The record of a host as JSON, as the store of files keeps it. Releases and reports are in it as they travelled.</summary>
/// <remarks>
/// For a store of one's own that keeps bytes. They hold their own digest: a store must give back the same bytes, not the same JSON in
/// another layout. Thread-safe.
/// </remarks>
public static class HostRecordJson
{
    private const int Schema = 1;

    /// <summary>Nothing here goes into a page, and what a host repeats ten thousand times is not to become six times as long.</summary>
    private static readonly RecordJsonContext Readable = new(
        new JsonSerializerOptions(RecordJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>JSON in UTF-8, with its digest.</returns>
    public static byte[] Write(HostRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return SelfDigest.Seal(JsonSerializer.SerializeToUtf8Bytes(Document(record), Readable.RecordDocument));
    }

    /// <summary>Reads a record.</summary>
    /// <param name="utf8">What <see cref="Write"/> gave.</param>
    /// <returns>The record.</returns>
    /// <exception cref="JsonException">The bytes are not a record of this schema, or were damaged.</exception>
    public static HostRecord Read(ReadOnlySpan<byte> utf8)
    {
        SelfDigest.Check(utf8);
        try
        {
            return new RecordReader(utf8).Read(Schema);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // A value of another type, or not in its grammar.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static RecordDocument Document(HostRecord record) => new(
        Schema,
        [.. record.Releases.Select(release => new RecordDocument.ReleasePart(
            Element(PayloadJson.Write(release.Release)),
            release.At,
            release.By,
            release.SignedBy.Count == 0 ? null : [.. release.SignedBy.Select(key => key.ToString())]))],
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
        record.BashLogs.Count == 0 ? null : [.. record.BashLogs.Select(
            log => new RecordDocument.BashLogPart(log.Stamp, log.System.ToString(), log.Outcome, log.Received))]);

    private static JsonElement Element(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return document.RootElement.Clone();
    }
}
