using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Bento.Configuration.Json;

/// <summary>
/// Looks for text that a JSON parser lets pass and that no setting can hold: other encodings, half characters, the character NUL.
/// </summary>
internal static class JsonTextCheck
{
    /// <returns>The line and what is wrong there; null when every text can be read.</returns>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static (int Line, string Message)? FirstProblem(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return (LineOf(json, ValidLength(json)), "This is not UTF-8 text. Save the file as UTF-8.");
        }

        var reader = new Utf8JsonReader(json, JsonFile.ReaderOptions);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && Problem(ref reader) is { } problem)
            {
                return (LineOf(json, (int)reader.TokenStartIndex), problem);
            }
        }

        return null;
    }

    private static string? Problem(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!.Contains('\0', StringComparison.Ordinal)
                ? "This text contains the character NUL (\\u0000), which no setting can hold."
                : null;
        }
        catch (InvalidOperationException)
        {
            return "This text contains half of a character: \\ud800 to \\udfff only work as a pair.";
        }
    }

    /// <summary>How many bytes at the beginning are whole characters.</summary>
    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(text[length..], out _, out var consumed) == OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }

    private static int LineOf(ReadOnlySpan<byte> text, int position) => text[..position].Count((byte)'\n') + 1;
}
