using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bento.Processes;

/// <summary>Takes what a program printed down to characters that are safe on any terminal, page or log.</summary>
internal static partial class PlainText
{
    private const int MaxMarks = 3;

    /// <summary>Removes escape sequences and control characters from one line; a tab and the end of a line become a space.</summary>
    /// <param name="text">What a program printed.</param>
    /// <returns>The text without line ends.</returns>
    public static string OfLine(string text) => Clean(text.TrimEnd('\r', '\n'), keepLines: false);

    /// <summary>Removes escape sequences and control characters, except for line feeds.</summary>
    /// <param name="text">What a program printed.</param>
    /// <returns>The text, with its lines.</returns>
    public static string OfLines(string text) => Clean(text, keepLines: true);

    private static string Clean(string text, bool keepLines)
    {
        var plain = EscapeSequence().Replace(text, string.Empty);
        var result = new StringBuilder(plain.Length);
        var marks = 0;
        foreach (var rune in plain.EnumerateRunes())
        {
            // More of them than any language puts on a letter climb over the lines above.
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MaxMarks)
            {
                continue;
            }

            if (rune.Value == '\t' || (rune.Value == '\n' && !keepLines))
            {
                result.Append(' ');
            }
            else if ((rune.Value == '\n' && keepLines) || !(IsControl(rune) || IsInvisible(rune.Value)))
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }

    // Format characters too: those that turn the direction of text make a line look like another one.
    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // What Unicode calls default ignorable besides: letters and marks that nobody sees make two texts look the same.
    private static bool IsInvisible(int rune) => rune is
        0x034F or 0x115F or 0x1160 or 0x17B4
            or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);

    // CSI (colours, cursor), OSC (titles, links; ended by BEL or ST) and the short ones, ECMA-48.
    [GeneratedRegex(
        @"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?",
        RegexOptions.CultureInvariant)]
    private static partial Regex EscapeSequence();
}
