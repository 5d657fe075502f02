using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bento.Documents;

/// <summary>Reads and writes the documents of this namespace, which are what <c>--json</c> prints. Nothing of it uses reflection.</summary>
/// <remarks>Thread-safe.</remarks>
public static class DocumentJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What other serialisers need for these documents, such as the options of a web application.</summary>
    /// <value>A resolver of every document; it gives null for other types.</value>
    public static IJsonTypeInfoResolver Resolver => DocumentJsonContext.Default;

    /// <summary>Writes a document.</summary>
    /// <typeparam name="T">The type of the document: one that names a command.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="isIndented">Whether it has several lines.</param>
    /// <returns>The text, without a line feed at its end. It is meant for programs: quotes and letters stand as they are, so it goes
    /// into no page of HTML without being encoded.</returns>
    /// <exception cref="NotSupportedException">The type is not a document.</exception>
    public static string Write<T>(T document, bool isIndented = true)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(document);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options with { Indented = isIndented }))
        {
            JsonSerializer.Serialize(json, document, TypeOf<T>());
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads a document. Members that this version does not know are passed over.</summary>
    /// <typeparam name="T">The type of the document: one that names a command.</typeparam>
    /// <param name="json">The text.</param>
    /// <returns>The document.</returns>
    /// <exception cref="JsonException">The text is not such a document, or has a word that this version does not know.</exception>
    /// <exception cref="NotSupportedException">The type is not a document.</exception>
    public static T Read<T>(string json)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonSerializer.Deserialize(json, TypeOf<T>()) ?? throw new JsonException("The document is null.");
    }

    private static JsonTypeInfo<T> TypeOf<T>() => DocumentJsonContext.Default.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> type
        ? type
        : throw new NotSupportedException($"{typeof(T)} is not a document of Bento.");
}
