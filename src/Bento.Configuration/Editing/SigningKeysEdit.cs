using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bento.Configuration.Editing;

/// <summary>
/// Changes the list <c>signing.keys</c> in the text of bento.json, and nothing else: comments, order and spaces stay as somebody wrote
/// them. Pure.
/// </summary>
internal static class SigningKeysEdit
{
    /// <exception cref="FormatException">The text cannot be changed so that only this changes.</exception>
    public static string Add(string json, string entry)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var place = SigningKeysPlace.Find(bytes);
        var value = $"\"{JsonEncodedText.Encode(entry, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
        var (at, text) = place switch
        {
            { Entries: [.., var last] } => (last.End, "," + Gap(bytes, last.Start) + value),
            { List: { } list } => (list, value),
            { Signing: { } signing } => (signing, Member("\"keys\": [" + value + "]", place.IsSigningEmpty)),
            { Root: var root } => (root, "\n  " + Member("\"signing\": { \"keys\": [" + value + "] }", place.IsRootEmpty)),
        };
        return Checked(
            [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(text), .. bytes.AsSpan(at)],
            [.. place.Entries.Select(other => other.Value), entry]);
    }

    /// <exception cref="FormatException">The text cannot be changed so that only this changes.</exception>
    public static string Remove(string json, int index)
    {
        var bytes = Encoding.UTF8.GetBytes(json).ToList();
        var entries = SigningKeysPlace.Find([.. bytes]).Entries;
        var (start, end, _) = entries[index];
        var comma = SkipToToken(bytes, end);
        if (bytes[comma] == ',')
        {
            bytes.RemoveAt(comma);
        }
        else if (index > 0)
        {
            comma = SkipToToken(bytes, entries[index - 1].End);
            bytes.RemoveAt(comma);
            (start, end) = (start - 1, end - 1);
        }

        var (from, to) = WithItsLine(bytes, start, end);
        bytes.RemoveRange(from, to - from);
        return Checked([.. bytes], [.. entries.Where((_, other) => other != index).Select(other => other.Value)]);
    }

    private static string Member(string text, bool isOnly) => isOnly ? text : text + ", ";

    /// <summary>An entry on a line of its own is followed by one on a line of its own.</summary>
    private static string Gap(byte[] bytes, int start)
    {
        var line = start;
        while (line > 0 && bytes[line - 1] is (byte)' ' or (byte)'\t')
        {
            line--;
        }

        return line > 0 && bytes[line - 1] == '\n' ? "\n" + Encoding.UTF8.GetString(bytes.AsSpan(line, start - line)) : " ";
    }

    /// <summary>What is left of a line that held one entry goes with it; between two entries on a line one space stays.</summary>
    private static (int From, int To) WithItsLine(List<byte> bytes, int start, int end)
    {
        var (from, to) = (start, end);
        while (to < bytes.Count && bytes[to] is (byte)' ' or (byte)'\t')
        {
            to++;
        }

        while (from > 0 && bytes[from - 1] is (byte)' ' or (byte)'\t')
        {
            from--;
        }

        var isOwnLine = from > 0 && bytes[from - 1] == '\n' && to < bytes.Count && bytes[to] is (byte)'\n' or (byte)'\r';
        return isOwnLine ? (from - 1, bytes[to] == '\r' ? to + 1 : to) : bytes[from - 1] == '[' ? (start, to) : (from, end);
    }

    private static int SkipToToken(List<byte> bytes, int at)
    {
        while (at < bytes.Count)
        {
            if (bytes[at] == '/' && bytes[at + 1] == '/')
            {
                at = bytes.IndexOf((byte)'\n', at);
            }
            else if (bytes[at] == '/')
            {
                for (at += 2; bytes[at] != '*' || bytes[at + 1] != '/'; at++)
                {
                }

                at += 2;
            }
            else if (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static string Checked(byte[] bytes, IReadOnlyList<string> expected)
    {
        try
        {
            if (SigningKeysPlace.Find(bytes).Entries.Select(entry => entry.Value).SequenceEqual(expected, StringComparer.Ordinal))
            {
                return Encoding.UTF8.GetString(bytes);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new FormatException("signing.keys could not be changed in place.");
    }
}
