using System.Text;

namespace Bento.Cli.Terminal;

/// <summary>A sentence in the columns that there are: it is broken at spaces, and its further lines are indented.</summary>
internal static class WrappedText
{
    private const string Indent = "  ";
    private const int Least = 8;

    /// <param name="text">One line, made plain.</param>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="most">How many lines at most; what is left is cut, and said to be.</param>
    public static IReadOnlyList<string> Lines(string text, int width, int most)
    {
        // Below this nothing can be read, and nothing would be left beside the indent.
        width = int.Max(width, Least);
        var lines = new List<string>();
        var line = new StringBuilder();
        var words = text.Split(' ');
        for (var index = 0; index < words.Length; index++)
        {
            var start = line.Length == 0 ? Start(lines) : line + " ";
            if (TextWidth.Width(start + words[index]) <= width)
            {
                _ = line.Clear().Append(start).Append(words[index]);
                continue;
            }

            // A word that is longer than a line is cut where a line of its own would end, as a terminal does.
            if (lines.Count == most - 1 || TextWidth.Width(Indent + words[index]) > width)
            {
                var rest = start + string.Join(' ', words[index..]);
                return [.. lines, .. Broken(rest, width, most - lines.Count)];
            }

            lines.Add(line.ToString());
            _ = line.Clear().Append(Indent).Append(words[index]);
        }

        return [.. lines, line.ToString()];
    }

    private static string Start(List<string> lines) => lines.Count == 0 ? string.Empty : Indent;

    private static IEnumerable<string> Broken(string text, int width, int most)
    {
        for (; most > 1 && TextWidth.Width(text) > width; most--)
        {
            var start = TextWidth.Start(text, width);
            yield return start;
            text = Indent + text[start.Length..];
        }

        yield return TextWidth.Fit(text, width);
    }
}
