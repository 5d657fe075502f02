using System.Text;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>
/// The status of a fleet as a table: one line a host, at any width, and below it what had no room and somebody should read. Every state has
/// a sign, so that it reads without colour too. Written as text, row by row: a fleet has thousands.
/// </summary>
internal static class StatusTable
{
    public static void Write(CliIo io, IReadOnlyList<HostStatus> statuses, DateTimeOffset now, bool isFleetEmpty = false)
    {
        if (statuses.Count == 0)
        {
            io.Error.WriteLine(
                isFleetEmpty ? "No host has an area yet. To create them: bento deploy" : "No host is in one of these states.");
            return;
        }

        var columns = StatusLayout.Of(io.Width, statuses, now);
        var isColored = io is { IsOutputTerminal: true, UsesColor: true };
        WriteLine(io, columns, column => column.Title, _ => isColored ? TextCell.Bold : null);
        foreach (var status in statuses)
        {
            WriteLine(io, columns, column => column.Cell(
                status, now, column.Width), column => isColored && column.Title == "STATE" ? ColorOf(status) : null);
        }

        foreach (var line in StatusNotes.Lines(statuses, columns, io.Width))
        {
            io.Out.Write($"{line}\n");
        }
    }

    private static void WriteLine(
        CliIo io, IReadOnlyList<StatusColumn> columns, Func<StatusColumn, string> cell, Func<StatusColumn, string?> styleOf)
    {
        var line = new StringBuilder();
        var missing = 0;
        foreach (var column in columns)
        {
            var text = PlainLine.Of(cell(column));
            if (text.Length == 0)
            {
                missing += column.Width + StatusLayout.Gap;
                continue;
            }

            _ = line.Append(' ', missing);
            _ = styleOf(column) is { } style
                ? line.Append("\u001b[").Append(style).Append('m').Append(text).Append("\u001b[0m")
                : line.Append(text);
            missing = int.Max(column.Width - TextWidth.Width(text), 0) + StatusLayout.Gap;
        }

        PlainWriter.Styled(io.Out).Write(line.Append('\n'));
    }

    private static string ColorOf(HostStatus status) => status.State.Weight() switch
    {
        _ when status.NeedsAttention => TextCell.Red,
        StateWeight.Well => TextCell.Green,
        StateWeight.Moving => TextCell.Yellow,
        _ => TextCell.Red,
    };
}
