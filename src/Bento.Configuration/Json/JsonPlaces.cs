using System.Text.Json;

namespace Bento.Configuration.Json;

/// <summary>Where the values of a JSON text stand, by their paths (<c>$.hosts.web.tags[0]</c>), whatever the case of letters.</summary>
internal sealed class JsonPlaces
{
    private readonly Dictionary<string, JsonPlace> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonPlaces Read(ReadOnlySpan<byte> json)
    {
        var places = new JsonPlaces();
        var lines = new LineCounter(json);
        var reader = new Utf8JsonReader(json, JsonFile.ReaderOptions);
        _ = reader.Read();
        places.Add(ref reader, ref lines, "$", string.Empty);
        return places;
    }

    /// <summary>The place of a value; null where there is none.</summary>
    public JsonPlace? Find(string path) => _places.TryGetValue(path, out var place) ? place : null;

    /// <summary>The place of a value, else of the nearest one around it.</summary>
    public JsonPlace Nearest(string path)
    {
        for (var rest = path; rest.LastIndexOfAny(['.', '[']) is > 0 and var end; rest = rest[..end])
        {
            if (_places.TryGetValue(rest, out var place))
            {
                return place;
            }
        }

        return _places["$"];
    }

    private void Add(ref Utf8JsonReader reader, ref LineCounter lines, string path, string key)
    {
        // What stands twice is found at its first place.
        _ = _places.TryAdd(path, new JsonPlace(lines.LineAt((int)reader.TokenStartIndex), key));
        var prefix = key.Length == 0 ? string.Empty : $"{key}:";
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                _ = reader.Read();
                Add(ref reader, ref lines, $"{path}.{name}", prefix + name);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Add(ref reader, ref lines, $"{path}[{index}]", $"{prefix}{index}");
            }
        }
    }

    /// <summary>Counts the lines up to places that only grow.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _position;
        private int _line = 1;

        public int LineAt(int position)
        {
            _line += _text[_position..position].Count((byte)'\n');
            _position = position;
            return _line;
        }
    }
}
