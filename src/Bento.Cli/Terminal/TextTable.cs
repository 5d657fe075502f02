using System.Text;

namespace Bento.Cli.Terminal;

/// <summary>
/// A small table: a line a row, whatever the width, so that a pipe reads records and what was copied from a terminal is whole; a terminal
/// wraps what is too long. Nothing stands behind the last column.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <param name="io">Where it is written.</param>
    /// <param name="titles">What stands above the columns; null for nothing.</param>
    /// <param name="rows">The cells of each row, as many in all of them.</param>
    public static void Write(CliIo io, IReadOnlyList<string>? titles, IReadOnlyList<IReadOnlyList<TextCell>> rows)
    {
        IReadOnlyList<IReadOnlyList<TextCell>> lines =
        [
            .. titles is null ? Array.Empty<IReadOnlyList<TextCell>>() : [[.. titles.Select(title => new TextCell(title, TextCell.Bold))]],
            .. rows.Select(row => row.Select(cell => cell with { Text = PlainLine.Of(cell.Text) }).ToList()),
        ];
        if (lines.Count == 0)
        {
            return;
        }

        var widths = Enumerable.Range(0, lines[0].Count).Select(column => lines.Max(line => TextWidth.Width(line[column].Text))).ToList();
        var isColored = io is { IsOutputTerminal: true, UsesColor: true };
        var styled = PlainWriter.Styled(io.Out);
        foreach (var line in lines)
        {
            styled.Write($"{Line(line, widths, isColored)}\n");
        }
    }

    private static string Line(IReadOnlyList<TextCell> cells, List<int> widths, bool isColored)
    {
        var line = new StringBuilder();
        var missing = 0;
        for (var column = 0; column < cells.Count; column++)
        {
            var (text, style) = cells[column];
            if (text.Length > 0)
            {
                _ = line.Append(' ', missing);
                _ = isColored && style is not null
                    ? line.Append("\u001b[").Append(style).Append('m').Append(text).Append("\u001b[0m")
                    : line.Append(text);
                missing = 0;
            }

            missing += widths[column] - TextWidth.Width(text) + Gap;
        }

        return line.ToString();
    }
}
