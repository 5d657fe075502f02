using System.Text.Json;

namespace Bento.Configuration.Editing;

/// <summary>
/// Where <c>signing.keys</c> stands in the bytes of bento.json: the first byte inside of the file's object, of <c>signing</c> and of
/// <c>keys</c>, and the entries.
/// </summary>
internal sealed record SigningKeysPlace
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public int Root { get; private init; }

    public bool IsRootEmpty { get; private init; } = true;

    /// <summary>Null where there is no such member.</summary>
    public int? Signing { get; private init; }

    public bool IsSigningEmpty { get; private init; } = true;

    /// <summary>Null where there is no such member.</summary>
    public int? List { get; private init; }

    public IReadOnlyList<(int Start, int End, string Value)> Entries { get; private init; } = [];

    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static SigningKeysPlace Find(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Lenient);
        var place = new SigningKeysPlace();
        var path = new Stack<string>();
        var name = string.Empty;
        while (reader.Read())
        {
            var here = string.Join('.', path.Reverse());
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    place = here switch
                    {
                        "$" => place with { IsRootEmpty = false },
                        "$.signing" => place with { IsSigningEmpty = false },
                        _ => place,
                    };
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(path.Count == 0 ? "$" : name);
                    place = string.Join('.', path.Reverse()) switch
                    {
                        "$" => place with { Root = (int)reader.BytesConsumed },
                        "$.signing" => place with { Signing = (int)reader.BytesConsumed },
                        "$.signing.keys" => place with { List = (int)reader.BytesConsumed },
                        _ => place,
                    };
                    name = string.Empty;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _ = path.Pop();
                    break;
                case JsonTokenType.String when here == "$.signing.keys":
                    place = place with
                    {
                        Entries = [.. place.Entries, ((int)reader.TokenStartIndex, (int)reader.BytesConsumed, reader.GetString()!)],
                    };
                    break;
                default:
                    break;
            }
        }

        return place;
    }
}
