using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bento.Configuration.Json;

/// <summary>
/// Changes one member of an object, or one entry of a list, in a JSON text and leaves every other byte as it is: comments, order, line
/// ends, indentation.
/// </summary>
internal static class JsonEdit
{
    private const string Step = "  ";

    /// <summary>Adds a member at the end of an object; the objects on the way that are missing are made.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The names that lead to the object.</param>
    /// <param name="name">The name of the member, which is not there yet.</param>
    /// <param name="value">Its value, as JSON in one line.</param>
    /// <exception cref="JsonException">The text is not JSON, or something on the way is not an object.</exception>
    public static string Add(string text, ReadOnlySpan<string> path, string name, string value)
    {
        var json = Encoding.UTF8.GetBytes(text);
        if (JsonContainer.Find(json, path) is { } found)
        {
            return json[found.Open] == '{'
                ? Insert(json, found, $"{Quote(name)}: {value}")
                : throw new JsonException("Expected an object, found a list.");
        }

        if (path.Length == 0 || JsonContainer.Find(json, path[..^1]) is not { } parent || Has(parent, path[^1]))
        {
            throw new JsonException("Expected an object.");
        }

        return Add(Insert(json, parent, $"{Quote(path[^1])}: {{}}"), path, name, value);
    }

    /// <summary>Adds an entry at the end of a list; the list is made when it is missing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The names that lead to the list.</param>
    /// <param name="value">The entry, as JSON in one line.</param>
    /// <exception cref="JsonException">The text is not JSON, or there is something else in the place of the list.</exception>
    public static string Append(string text, ReadOnlySpan<string> path, string value)
    {
        var json = Encoding.UTF8.GetBytes(text);
        return JsonContainer.Find(json, path) is not { } found ? Add(text, path[..^1], path[^1], $"[{value}]")
            : json[found.Open] == '[' ? Insert(json, found, value)
            : throw new JsonException("Expected a list, found an object.");
    }

    /// <summary>Takes a member away, and its line where nothing else stands on it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The names that lead to the object.</param>
    /// <param name="name">The name of the member.</param>
    /// <returns>The text; the same where there is no such member.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Remove(string text, ReadOnlySpan<string> path, string name)
    {
        var json = Encoding.UTF8.GetBytes(text);
        return JsonContainer.Find(json, path) is { } found
            && found.Members.ToList().FindIndex(member => member.Name == name) is >= 0 and var index
            ? RemoveAt(json, found, index)
            : text;
    }

    /// <summary>Takes an entry out of a list, and its line where nothing else stands on it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The names that lead to the list.</param>
    /// <param name="index">Which entry.</param>
    /// <exception cref="JsonException">The text is not JSON, or has no such entry.</exception>
    public static string RemoveAt(string text, ReadOnlySpan<string> path, int index)
    {
        var json = Encoding.UTF8.GetBytes(text);
        return JsonContainer.Find(json, path) is { } found && json[found.Open] == '[' && index < found.Members.Count
            ? RemoveAt(json, found, index)
            : throw new JsonException("Expected a list with this entry.");
    }

    private static string RemoveAt(byte[] json, JsonContainer found, int index)
    {
        var (_, start, end) = found.Members[index];
        var isLast = index == found.Members.Count - 1;
        var cuts = new List<Range>();
        if (Comma(json, end, isLast ? found.Close : found.Members[index + 1].Start) is { } behind)
        {
            // Up to the comma, unless a comment stands between.
            cuts.AddRange(
                json.AsSpan(end, behind - end).Trim(" \t\r\n"u8).IsEmpty ? [start..(behind + 1)] : [start..end, behind..(behind + 1)]);
        }
        else
        {
            cuts.Add(start..end);
            if (index > 0 && Comma(json, found.Members[index - 1].End, start) is { } before)
            {
                cuts.Insert(0, before..(before + 1));
            }
        }

        return Encoding.UTF8.GetString(Cut(json, cuts));
    }

    private static bool Has(JsonContainer found, string name) =>
        found.Members.Any(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string Insert(byte[] json, JsonContainer found, string member)
    {
        var inside = json.AsSpan((found.Open + 1)..found.Close);
        var isEmpty = found.Members.Count == 0;
        var isOneLine = !inside.Contains((byte)'\n');
        var isShort = isOneLine && (!isEmpty || json[found.Open] == '[');
        var newLine = json.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var indent = isEmpty || isOneLine ? Indent(json, found.Open) + Step : Indent(json, found.Members[^1].Start);

        // Behind the last comment, and before the line of the closing brace.
        var at = found.Open + 1 + inside.TrimEnd(" \t\r\n"u8).Length;
        var comma = isEmpty ? null : Comma(json, found.Members[^1].End, found.Close);
        var result = new List<byte>(json);
        var piece = (!isShort ? newLine + indent : inside.TrimEnd(" \t"u8).IsEmpty ? string.Empty : " ") + member;
        result.InsertRange(at, Encoding.UTF8.GetBytes(
            piece + (comma is null ? string.Empty : ",") + (isOneLine && !isShort ? newLine + Indent(json, found.Open) : string.Empty)));
        if (!isEmpty && comma is null)
        {
            result.Insert(found.Members[^1].End, (byte)',');
        }

        return Encoding.UTF8.GetString([.. result]);
    }

    /// <summary>The blanks at the beginning of the line of a place.</summary>
    private static string Indent(byte[] json, int at)
    {
        var line = json.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var blanks = json.AsSpan(line).IndexOfAnyExcept((byte)' ', (byte)'\t');
        return Encoding.UTF8.GetString(json, line, Math.Max(blanks, 0));
    }

    /// <summary>The comma between two places where nothing but blanks and comments stands; null for none.</summary>
    private static int? Comma(byte[] json, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (json[at] == ',')
            {
                return at;
            }

            if (json[at] == '/')
            {
                var end = json[at + 1] == '/'
                    ? json.AsSpan(at, to - at).IndexOf((byte)'\n')
                    : json.AsSpan(at + 2, to - at - 2).IndexOf("*/"u8) + 3;
                at = end < 0 ? to : at + end;
            }
        }

        return null;
    }

    private static byte[] Cut(byte[] json, List<Range> cuts)
    {
        var result = new List<byte>(json);
        foreach (var cut in Enumerable.Reverse(cuts))
        {
            var (start, end) = (cut.Start.Value, cut.End.Value);
            var line = json.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
            var next = json.AsSpan(end).IndexOf((byte)'\n');
            if (line > 0
                && next >= 0
                && json.AsSpan(line, start - line).Trim(" \t"u8).IsEmpty
                && json.AsSpan(end, next).Trim(" \t\r"u8).IsEmpty)
            {
                (start, end) = (line, end + next + 1);
            }
            else
            {
                (start, end) = WithBlanks(json, start, end);
            }

            result.RemoveRange(start, end - start);
        }

        return [.. result];
    }

    /// <summary>Of the blanks on both sides of a piece within a line one stays, and none beside the brackets of a list.</summary>
    private static (int Start, int End) WithBlanks(byte[] json, int start, int end)
    {
        var before = start - json.AsSpan(0, start).TrimEnd(" \t"u8).Length;
        var behind = json.Length - end - json.AsSpan(end).TrimStart(" \t"u8).Length;
        return (before > 0 && behind > 0) || json[start - 1] == '[' ? (start, end + behind)
            : before > 0 && json[end] == ']' ? (start - before, end)
            : (start, end);
    }

    /// <summary>A text as JSON.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
