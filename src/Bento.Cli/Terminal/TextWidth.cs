using System.Text;
using Wcwidth;

namespace Bento.Cli.Terminal;

/// <summary>Text in columns of a terminal, where some letters are two wide.</summary>
internal static class TextWidth
{
    private const string Cut = "...";

    /// <summary>The text, cut where it has no room.</summary>
    public static string Fit(string text, int room) => Width(text) <= room ? text : $"{Start(text, room - Cut.Length)}{Cut}";

    /// <summary>How many columns a text takes.</summary>
    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : text.EnumerateRunes().Sum(Width);

    /// <summary>As much of the start of a text as has room.</summary>
    public static string Start(string text, int room)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            room -= Width(rune);
            if (room < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    /// <summary>What moves no cursor takes no column; such letters are replaced before anything is shown.</summary>
    private static int Width(Rune rune) => int.Max(UnicodeCalculator.GetWidth(rune.Value), 0);
}
