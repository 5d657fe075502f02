using System.Text.Json;

namespace Bento.Configuration.Json;

/// <summary>Where an object or a list stands in a JSON text, in bytes.</summary>
/// <param name="Open">Its <c>{</c> or <c>[</c>.</param>
/// <param name="Close">Its <c>}</c> or <c>]</c>.</param>
/// <param name="Members">What it holds, in order: the name (empty in a list), where it begins and where the value has ended.</param>
internal sealed record JsonContainer(int Open, int Close, IReadOnlyList<(string Name, int Start, int End)> Members)
{
    /// <summary>Finds an object or a list by the names that lead to it; null where there is none.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonContainer? Find(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json, JsonFile.ReaderOptions);
        _ = reader.Read();
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Enter(ref reader, name))
            {
                return null;
            }
        }

        return reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? Read(ref reader) : null;
    }

    /// <summary>Goes to the value of a member of the object that begins here.</summary>
    private static bool Enter(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase);
            _ = reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static JsonContainer Read(ref Utf8JsonReader reader)
    {
        var open = (int)reader.TokenStartIndex;
        var members = new List<(string, int, int)>();
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var start = (int)reader.TokenStartIndex;
            var name = string.Empty;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                _ = reader.Read();
            }

            reader.Skip();
            members.Add((name, start, (int)reader.BytesConsumed));
        }

        return new JsonContainer(open, (int)reader.TokenStartIndex, members);
    }
}
