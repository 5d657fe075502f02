using System.Text;
using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>The status of a fleet as JSON: a schema number and an object a host (docs/guide/json.md).</summary>
internal static class StatusJson
{
    /// <summary>Grows when a member goes or changes its meaning, not when one comes.</summary>
    private const int Schema = 1;

    public static void Write(TextWriter writer, IReadOnlyList<HostStatus> statuses, bool isIndented)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options with { Indented = isIndented }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteStartArray("hosts");
            foreach (var status in statuses)
            {
                Write(json, status);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.ToArray())}\n");
    }

    private static void Write(Utf8JsonWriter json, HostStatus status)
    {
        json.WriteStartObject();
        json.WriteString("host", status.Host.ToString());
        json.WriteString("state", StateOption.Word(status.State));
        json.WriteString("reason", status.Reason);
        json.WriteString("release", status.Number?.ToString());
        json.WriteString("expected", status.Expected?.ToString());
        json.WriteString("running", status.Running?.ToString());
        WriteTime(json, "since", status.Since);
        WriteTime(json, "lastSeen", status.LastSeen);
        WriteTime(json, "lastSuccess", status.LastSuccess);
        if (status.LastDuration is { } duration)
        {
            json.WriteNumber("lastDurationSeconds", duration.TotalSeconds);
        }
        else
        {
            json.WriteNull("lastDurationSeconds");
        }

        json.WriteBoolean("needsAttention", status.NeedsAttention);
        json.WriteStartArray("flags");
        foreach (var flag in Enum.GetValues<StatusFlags>().Where(flag => flag != StatusFlags.None && status.Flags.HasFlag(flag)))
        {
            json.WriteStringValue(JsonNamingPolicy.KebabCaseLower.ConvertName(flag.ToString()));
        }

        json.WriteEndArray();
        json.WriteStartArray("remarks");
        foreach (var remark in status.Remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
