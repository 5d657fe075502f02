using System.Globalization;
using System.Text;

namespace Bento.Cli.Terminal;

/// <summary>Makes text safe to show: what a host, a server or a file says moves no cursor, changes no colour and begins no line.</summary>
internal static class PlainLine
{
    private const char Replacement = '\uFFFD';

    /// <summary>What stands before a line that is not a message of its own but goes on with one.</summary>
    private const string Continuation = "       ";

    /// <summary>One line: line breaks become spaces.</summary>
    public static string Of(string text) => IsPlain(text, '\0') ? text : Replaced(text.ReplaceLineEndings(" "), '\0');

    /// <summary>One message: its further lines are indented, so that none of them can pass for a message of its own.</summary>
    public static string OfMessage(string text)
    {
        var lines = OfDocument(text).TrimEnd('\n').Split('\n');
        return lines.Length == 1 ? lines[0] : string.Join(
            '\n',
            lines.Select((line, index) => index == 0 || line.StartsWith("  ", StringComparison.Ordinal) ? line : Continuation + line));
    }

    /// <summary>Text with lines of its own.</summary>
    public static string OfDocument(string text) =>
        IsPlain(text, '\n') ? text : Replaced(text.Replace("\r\n", "\n", StringComparison.Ordinal), '\n');

    private static bool IsPlain(string text, char allowed)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' && c != allowed)
            {
                return false;
            }
        }

        return true;
    }

    private static string Replaced(string text, char allowed)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value == '\t'
                ? plain.Append(' ')
                : rune.Value == allowed || !MovesOrHides(rune)
                ? plain.Append(rune)
                : plain.Append(Replacement);
        }

        return plain.ToString();
    }

    /// <summary>
    /// Control characters, and format characters: those that turn the direction of text make a line look like another one.
    /// </summary>
    private static bool MovesOrHides(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
