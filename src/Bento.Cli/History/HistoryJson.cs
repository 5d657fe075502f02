using System.Text;
using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.History;

/// <summary>The past of a fleet as JSON (docs/guide/json.md).</summary>
internal static class HistoryJson
{
    private const int Schema = 1;

    public static void Write(TextWriter writer, IReadOnlyList<HostHistory> histories)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteStartArray("hosts");
            foreach (var history in histories)
            {
                Write(json, history);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.ToArray())}\n");
    }

    private static void Write(Utf8JsonWriter json, HostHistory history)
    {
        json.WriteStartObject();
        json.WriteString("host", history.Host.ToString());
        json.WriteStartArray("releases");
        foreach (var published in history.Record.Releases)
        {
            json.WriteStartObject();
            json.WriteString("release", published.Release.Number.ToString());
            json.WriteString("id", published.Release.Id.ToString());
            json.WriteString("at", published.At);
            json.WriteString("by", published.By);
            json.WriteString("expected", published.Release.ExpectedSystem?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("attempts");
        foreach (var attempt in history.Record.Attempts)
        {
            Write(json, attempt);
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var problem in history.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        json.WriteStartArray("bashLogs");
        foreach (var log in history.Record.BashLogs)
        {
            json.WriteStartObject();
            json.WriteString("stamp", log.Stamp);
            json.WriteString("system", log.System.BaseName);
            json.WriteString("outcome", OutcomeWords.Word(log.Outcome));
            json.WriteString("received", log.Received);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordedAttempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("release", attempt.Number.ToString());
        json.WriteNumber("attempt", attempt.Attempt);
        json.WriteString("received", attempt.Received);
        json.WriteString("outcome", attempt.Result is { } ended ? OutcomeWords.Word(ended.Outcome) : null);
        json.WriteString("reason", attempt.Result?.Reason);
        json.WriteString("built", attempt.Result?.Built?.ToString());
        json.WriteString("running", attempt.Result?.Running?.ToString());
        if (attempt.Result is { } result)
        {
            json.WriteNumber("durationSeconds", result.Duration.TotalSeconds);
        }
        else
        {
            json.WriteNull("durationSeconds");
        }

        json.WriteString("log", OutcomeWords.Word(attempt.Log));
        json.WriteEndObject();
    }
}
