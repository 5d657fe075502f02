using System.Text.Json;

namespace Bento.Configuration.Json;

/// <summary>Where an object stands in a JSON text, in bytes.</summary>
/// <param name="Open">Its <c>{</c>.</param>
/// <param name="Close">Its <c>}</c>.</param>
/// <param name="Members">Its members in order: the name, where it begins and where the value has ended.</param>
internal sealed record JsonObjectText(int Open, int Close, IReadOnlyList<(string Name, int Start, int End)> Members)
{
    /// <summary>Finds an object by the names that lead to it; null where there is none.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonObjectText? Find(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(
            json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        _ = reader.Read();
        foreach (var name in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !Enter(ref reader, name))
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.StartObject ? Read(ref reader) : null;
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

    private static JsonObjectText Read(ref Utf8JsonReader reader)
    {
        var open = (int)reader.TokenStartIndex;
        var members = new List<(string, int, int)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, start) = (reader.GetString()!, (int)reader.TokenStartIndex);
            _ = reader.Read();
            reader.Skip();
            members.Add((name, start, (int)reader.BytesConsumed));
        }

        return new JsonObjectText(open, (int)reader.TokenStartIndex, members);
    }
}
