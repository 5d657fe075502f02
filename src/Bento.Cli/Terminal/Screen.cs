using System.Text;

namespace Bento.Cli.Terminal;

/// <summary>Draws the same thing again and again: in place on a terminal, cut to its height; one below the other in a pipe.</summary>
/// <remarks>
/// On the alternate screen, so that what stood on the terminal is there again afterwards, with the last frame below it.
/// </remarks>
internal sealed class Screen(CliIo outer) : IDisposable
{
    private const string Enter = "\u001b[?1049h";
    private const string Leave = "\u001b[?1049l";
    private const string Home = "\u001b[H";
    private const string ClearLine = "\u001b[K";
    private const string ClearBelow = "\u001b[J";
    private const string ClearAll = "\u001b[2J";

    private (int Width, int Height)? _drawn;
    private IReadOnlyList<string> _last = [];

    public void Draw(Action<CliIo> draw)
    {
        // Whoever makes the window larger wants to see more.
        var io = outer.Measured();
        using var text = new StringWriter { NewLine = "\n" };
        using var plain = new PlainWriter(text);
        draw(io with { Out = plain });
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        var frame = new StringBuilder();
        if (io is { IsOutputTerminal: true, IsDumb: false })
        {
            // One write, so that nobody sees half of it.
            _last = [.. Fitting(io, lines)];
            frame.Append(_drawn is null ? Enter : string.Empty).Append(_drawn == (io.Width, io.Height) ? Home : ClearAll + Home);
            foreach (var line in _last)
            {
                frame.Append(line).Append(ClearLine).Append('\n');
            }

            frame.Append(ClearBelow);
        }
        else
        {
            frame.Append(_drawn is not null ? "\n" : string.Empty).AppendJoin('\n', lines).Append('\n');
        }

        _drawn = (io.Width, io.Height);
        PlainWriter.Styled(io.Out).Write(frame);
        io.Out.Flush();
    }

    public void Dispose()
    {
        if (_last.Count > 0)
        {
            PlainWriter.Styled(outer.Out).Write($"{Leave}{string.Join('\n', _last)}\n");
            outer.Out.Flush();
            _last = [];
        }
    }

    private static IEnumerable<string> Fitting(CliIo io, string[] lines)
    {
        var room = int.Max(io.Height - 1, 2);
        if (lines.Sum(line => Rows(io, line)) <= room)
        {
            return lines;
        }

        var taken = 0;
        var shown = lines.TakeWhile(line => (taken += Rows(io, line)) < room).ToList();
        return shown.Append($"... and {lines.Length - shown.Count} more lines: choose with --on or --state");
    }

    /// <summary>How many lines of the terminal a line takes: a coloured one is a row of a table, which fits.</summary>
    private static int Rows(CliIo io, string line) =>
        line.Contains('\u001b', StringComparison.Ordinal) ? 1 : int.Max((TextWidth.Width(line) + io.Width - 1) / io.Width, 1);
}
