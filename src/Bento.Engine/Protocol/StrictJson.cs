using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Bento.Protocol;

/// <summary>
/// Reads a document of the protocol, and says what is wrong with it in the words of the protocol, where .NET names its own types.
/// </summary>
internal static class StrictJson
{
    private const string MissingMembers = "missing required properties including: ";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <exception cref="JsonException">The bytes are not such a document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception) when (NamesTypes(exception.Message))
        {
            throw new JsonException(Words(exception), exception);
        }
    }

    /// <summary>
    /// Holds a whole document to the rules, also where it says what this program does not know: UTF-8, and no member twice in an object.
    /// </summary>
    /// <exception cref="JsonException">It breaks one of them.</exception>
    public static void Check(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new JsonException("It is not UTF-8.");
        }

        using var document = JsonDocument.Parse(utf8, Strict);
    }

    private static bool NamesTypes(string message) =>
        message.Contains("Bento.", StringComparison.Ordinal) || message.Contains("System.", StringComparison.Ordinal);

    private static string Words(JsonException exception)
    {
        var path = exception.Path ?? "$";
        var missing = exception.Message.IndexOf(MissingMembers, StringComparison.Ordinal);
        return missing >= 0
            ? $"{path} lacks {exception.Message[(missing + MissingMembers.Length)..].Split(". Path:")[0].TrimEnd('.')}."
            : exception.Message.StartsWith("Duplicate", StringComparison.Ordinal)
                ? $"{path} has a member twice."
                : $"{path} is null, or not of the type that it must be.";
    }
}
