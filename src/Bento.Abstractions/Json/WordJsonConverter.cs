using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bento.Json;

/// <summary>Writes one of a few values as the word that documents have for it: <c>build-failed</c>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>Named by the documents themselves, and public for the same reason as <see cref="TextJsonConverter{T}"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WordJsonConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
