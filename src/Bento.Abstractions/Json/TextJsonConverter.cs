using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bento.Json;

/// <summary>Writes a value as the text that its own <c>Parse</c> reads, as a value and as the name of a property.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>
/// The types that need it name it themselves: nobody registers it. It is public because the code that the source generator of
/// System.Text.Json writes into other assemblies creates it. Thread-safe.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : notnull, IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString() ?? string.Empty);
    }

    // The text may be long, and anybody's: it is not repeated.
    private static T Parse(string? text) =>
        T.TryParse(text, null, out var value) ? value : throw new JsonException($"The text of a {typeof(T).Name} was expected.");
}
