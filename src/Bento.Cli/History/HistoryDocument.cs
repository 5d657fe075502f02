using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.History;

/// <summary>The past of a fleet as JSON (docs/guide/json.md).</summary>
internal sealed record HistoryDocument(int Schema, IReadOnlyList<HistoryDocument.Host> Hosts)
{
    public static void Write(TextWriter writer, IReadOnlyList<HostHistory> histories) =>
        JsonOutput.Write(writer, new HistoryDocument(1, [.. histories.Select(Of)]), HistoryJsonContext.Default.HistoryDocument);

    private static Host Of(HostHistory history) => new(
        history.Host.ToString(),
        [.. history.Record.Releases.Select(Of)],
        [.. history.Record.Attempts.Select(Of)],
        history.Problems,
        [.. history.Record.BashLogs.Select(
            log => new BashLog(log.Stamp, log.System.BaseName, JsonOutput.Word(log.Outcome), log.Received))]);

    private static Release Of(PublishedRelease published) => new(
        published.Release.Number.ToString(),
        published.Release.Id.ToString(),
        published.At,
        published.By,
        published.Release.ExpectedSystem?.ToString(),
        ProvenanceDocument.Of(published.Release.Provenance));

    private static Attempt Of(RecordedAttempt attempt) => new(
        attempt.Number.ToString(),
        attempt.Attempt,
        attempt.Received,
        attempt.Result is { } ended ? JsonOutput.Word(ended.Outcome) : null,
        attempt.Result?.Reason,
        attempt.Result?.Built?.ToString(),
        attempt.Result?.Running?.ToString(),
        attempt.Result?.Duration.TotalSeconds,
        JsonOutput.Word(attempt.Log));

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        IReadOnlyList<Release> Releases,
        IReadOnlyList<Attempt> Attempts,
        IReadOnlyList<string> Problems,
        IReadOnlyList<BashLog> BashLogs);

    internal sealed record Release(
        [property: JsonPropertyName("release")] string Number,
        string Id,
        DateTimeOffset At,
        string By,
        string? Expected,
        ProvenanceDocument? Provenance);

    internal sealed record Attempt(
        string Release,
        [property: JsonPropertyName("attempt")] int Number,
        DateTimeOffset Received,
        string? Outcome,
        string? Reason,
        string? Built,
        string? Running,
        double? DurationSeconds,
        string Log);

    internal sealed record BashLog(string Stamp, string System, string Outcome, DateTimeOffset Received);
}
