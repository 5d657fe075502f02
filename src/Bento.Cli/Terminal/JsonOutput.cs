using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bento.Cli.Terminal;

/// <summary>How JSON is written for other programs: with quotes and letters as they are (it goes to no web page).</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document and a line feed.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="document">The document.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="isIndented">Whether it has several lines.</param>
    public static void Write<T>(TextWriter writer, T document, JsonTypeInfo<T> type, bool isIndented = true)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options with { Indented = isIndented }))
        {
            JsonSerializer.Serialize(json, document, type);
        }

        // JSON has its own escapes for what a terminal must not see.
        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length)}\n");
    }

    /// <summary>The word for one of a few values: <c>build-failed</c>.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
