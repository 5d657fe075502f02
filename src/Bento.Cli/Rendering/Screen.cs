using System.Text;

namespace Bento.Cli.Rendering;

/// <summary>Draws the same thing again and again: in place on a terminal, cut to its height; one below the other in a pipe.</summary>
internal sealed class Screen(CliIo io)
{
    private const string Home = "\u001b[H";
    private const string ClearLine = "\u001b[K";
    private const string ClearBelow = "\u001b[J";
    private const string ClearAll = "\u001b[2J";

    private bool _isDrawn;

    public void Draw(Action<CliIo> draw)
    {
        using var text = new StringWriter { NewLine = "\n" };
        draw(io with { Out = text });
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        var frame = new StringBuilder();
        if (io.IsOutputTerminal)
        {
            // One write, so that nobody sees half of it.
            frame.Append(_isDrawn ? Home : ClearAll + Home);
            foreach (var line in Fitting(lines))
            {
                frame.Append(line).Append(ClearLine).Append('\n');
            }

            frame.Append(ClearBelow);
        }
        else
        {
            frame.Append(_isDrawn ? "\n" : string.Empty).AppendJoin('\n', lines).Append('\n');
        }

        _isDrawn = true;
        io.Out.Write(frame.ToString());
        io.Out.Flush();
    }

    private IEnumerable<string> Fitting(string[] lines)
    {
        var room = int.Max(io.Height - 1, 2);
        if (lines.Sum(Rows) <= room)
        {
            return lines;
        }

        var taken = 0;
        var shown = lines.TakeWhile(line => (taken += Rows(line)) < room).ToList();
        return shown.Append($"... and {lines.Length - shown.Count} more lines: choose with --on or --state");
    }

    /// <summary>How many lines of the terminal a line takes: a coloured one is a row of a table, which fits.</summary>
    private int Rows(string line) => line.Contains('\u001b', StringComparison.Ordinal) ? 1 : int.Max((CellText.Width(line) + io.Width - 1) / io.Width, 1);
}
