using System.Text;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>
/// The status of a fleet as a table: one line a host, at any width, and below it what had no room and somebody should read. Every state has
/// a sign, so that it reads without colour too. Written as text and not with Spectre: a fleet has thousands of rows.
/// </summary>
internal static class StatusTable
{
    /// <summary>How many lines of the terminal a note may take: a host chose how long it is. JSON has all of it.</summary>
    private const int LongestNote = 3;

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

        foreach (var (host, note) in statuses.SelectMany(status => Notes(status, columns).Select(note => (status.Host, note))))
        {
            io.Out.WriteLine(TextWidth.Fit($"{host}: {note}", LongestNote * io.Width));
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
            _ = line.Append(' ', missing);
            _ = styleOf(column) is { } style
                ? line.Append("\u001b[").Append(style).Append('m').Append(text).Append("\u001b[0m")
                : line.Append(text);
            missing = int.Max(column.Width - TextWidth.Width(text), 0) + StatusLayout.Gap;
        }

        PlainWriter.Styled(io.Out).Write(line.Append('\n'));
    }

    private static IEnumerable<string> Notes(HostStatus status, IReadOnlyList<StatusColumn> columns)
    {
        if (!IsWhole("STATE", StateWords.WithFlags(status)))
        {
            yield return $"{string.Join(", ", StateWords.Flags(status))}.";
        }

        if (status.NeedsAttention && !IsWhole("REASON", status.Reason))
        {
            yield return status.Reason;
        }

        foreach (var remark in status.Remarks)
        {
            yield return remark;
        }

        bool IsWhole(string title, string text) => columns.Any(column => column.Title == title && TextWidth.Width(text) <= column.Width);
    }

    private static string ColorOf(HostStatus status) => status.State.Weight() switch
    {
        _ when status.NeedsAttention => TextCell.Red,
        StateWeight.Well => TextCell.Green,
        StateWeight.Moving => TextCell.Yellow,
        _ => TextCell.Red,
    };
}
