using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bento.Hosts;

namespace Bento.Cli.Terminal;

/// <summary>How JSON is written for people's tools: indented, and with quotes and letters as they are (it goes to no web page).</summary>
internal static class JsonOutput
{
    public static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document and a line feed.</summary>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            write(json);
        }

        // JSON has its own escapes for what a terminal must not see.
        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)}\n");
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteProblems(Utf8JsonWriter json, IEnumerable<FleetProblem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("path", problem.Path);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
