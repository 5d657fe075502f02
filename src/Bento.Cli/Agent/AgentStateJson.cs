using System.Text;
using System.Text.Json;
using Bento.Agents;
using Bento.Cli.Terminal;
using Bento.Protocol;

namespace Bento.Cli.Agent;

/// <summary>What a host knows about itself, as JSON (docs/guide/json.md).</summary>
internal static class AgentStateJson
{
    public static void Write(TextWriter writer, AgentState state)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            Write(json, state);
        }

        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.ToArray())}\n");
    }

    private static void Write(Utf8JsonWriter json, AgentState state)
    {
        json.WriteStartObject();
        json.WriteString("host", state.Host.ToString());
        json.WriteString("release", state.Number?.ToString());
        json.WriteString("wanted", state.Wanted?.ToString());
        json.WriteString("running", state.Machine.Running?.ToString());
        json.WriteString("booted", state.Machine.Booted?.ToString());
        json.WriteString("nextBoot", state.Machine.Profile?.ToString());
        json.WriteString("summary", state.Summary);
        json.WriteString("outcome", state.Outcome is { } outcome ? JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString()) : null);
        WriteTime(json, "retryAt", state.RetryAt);
        WriteTime(json, "rebootPendingSince", state.RebootPendingSince);
        WritePause(json, state.Pause);
        json.WriteString("worker", state.Worker);
        json.WriteNumber("waitingReports", state.WaitingReportCount);
        json.WriteBoolean("secretsLocked", state.AreSecretsLocked);
        json.WriteStartArray("waits");
        foreach (var wait in state.Waits)
        {
            json.WriteStringValue(wait);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePause(Utf8JsonWriter json, AgentPause? pause)
    {
        if (pause is null)
        {
            json.WriteNull("pause");
            return;
        }

        json.WriteStartObject("pause");
        WriteTime(json, "since", pause.Since);
        json.WriteString("reason", pause.Reason);
        WriteTime(json, "until", pause.Until);
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
