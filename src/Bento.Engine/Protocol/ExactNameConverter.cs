using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>
/// A value of an enumeration as its name, letter by letter. What comes with .NET takes numbers, other cases and lists of names too, and a
/// document would have more than one form.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class ExactNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            && Enum.TryParse<T>(reader.GetString(), out var value)
            && reader.ValueTextEquals(Enum.GetName(value))
            ? value
            : throw new JsonException($"{typeof(T).Name} has an unknown value.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
