using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bento.Json;

/// <summary>Writes flags as a list of words: <c>["degraded", "reboot-pending"]</c>.</summary>
/// <typeparam name="T">The type of the flags.</typeparam>
/// <remarks>Named by the documents themselves, and public for the same reason as <see cref="TextJsonConverter{T}"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WordsJsonConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly (string Word, T Flag, long Bits)[] Words =
    [
        .. Enum.GetValues<T>().Select(flag => (Word(flag), flag, Bits(flag))).Where(flag => flag.Item3 != 0),
    ];

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"A list of {typeof(T).Name} was expected.");
        }

        var bits = 0L;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var word = reader.GetString();
            bits |= Array.Find(Words, flag => flag.Word == word) is { Bits: not 0 } known
                ? known.Bits
                : throw new JsonException($"A word that is not one of {typeof(T).Name}.");
        }

        return reader.TokenType == JsonTokenType.EndArray
            ? (T)Enum.ToObject(typeof(T), bits)
            : throw new JsonException($"A list of {typeof(T).Name} holds something that is not a word.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var (word, flag, _) in Words)
        {
            if (value.HasFlag(flag))
            {
                writer.WriteStringValue(word);
            }
        }

        writer.WriteEndArray();
    }

    private static long Bits(T flag) => Convert.ToInt64(flag, null);

    private static string Word(T flag) => JsonNamingPolicy.KebabCaseLower.ConvertName(flag.ToString());
}
