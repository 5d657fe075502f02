using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bento.Processes;

/// <summary>Takes what a program printed down to characters that are safe on any terminal, page or log.</summary>
internal static partial class PlainText
{
    /// <summary>Removes escape sequences and control characters from one line; a tab becomes a space.</summary>
    /// <param name="text">What a program printed.</param>
    /// <returns>The text without line ends.</returns>
    public static string OfLine(string text) => Clean(text, keepLines: false);

    /// <summary>Removes escape sequences and control characters, except for line feeds.</summary>
    /// <param name="text">What a program printed.</param>
    /// <returns>The text, with its lines.</returns>
    public static string OfLines(string text) => Clean(text, keepLines: true);

    private static string Clean(string text, bool keepLines)
    {
        var plain = EscapeSequence().Replace(text, string.Empty);
        var result = new StringBuilder(plain.Length);
        foreach (var c in plain)
        {
            if (c == '\t')
            {
                result.Append(' ');
            }
            else if ((c == '\n' && keepLines) || !IsControl(c))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    // Format characters too: those that turn the direction of text make a line look like another one.
    private static bool IsControl(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // CSI (colours, cursor), OSC (titles, links; ended by BEL or ST) and the short ones, ECMA-48.
    [GeneratedRegex(@"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?", RegexOptions.CultureInvariant)]
    private static partial Regex EscapeSequence();
}
