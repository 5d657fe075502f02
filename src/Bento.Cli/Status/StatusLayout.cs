using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>
/// Which columns the table of hosts has in the width that there is. No release or age is ever cut: what has no room goes as a column. The
/// names of hosts are cut where nothing else is left that could go.
/// </summary>
internal static class StatusLayout
{
    public const int Gap = 2;
    private const string Host = "HOST";
    private const int ShortestReason = 30;

    private const int Systems = 5;
    private const int ShortestHost = 8;

    /// <summary>A host says what it runs: however long that is, the other rows keep their columns.</summary>
    private const int LongestSystem = 30;

    public static IReadOnlyList<StatusColumn> Of(int width, IReadOnlyList<HostStatus> statuses, DateTimeOffset now)
    {
        var columns = Columns().Select(column => Measured(column, statuses, now)).ToList();
        if (Needed(columns) + columns[1].Width - columns[1].Least > width)
        {
            // Flags are news, and systems are not.
            _ = columns.RemoveAll(column => column.Rank == Systems);
        }

        while (Needed(columns) > width && columns.Max(column => column.Rank) is > 0 and var rank)
        {
            _ = columns.RemoveAll(column => column.Rank == rank);
        }

        var excess = Needed(columns) - width;
        if (excess > 0 && columns[0] is { Least: > ShortestHost } host)
        {
            var least = int.Max(ShortestHost, host.Least - excess);
            columns[0] = host with { Width = least, Least = least };
        }

        // What is left over goes to the flags first, and then to the reasons.
        var spare = int.Max(width - Needed(columns), 0);
        for (var index = 0; index < columns.Count; index++)
        {
            var more = int.Min(columns[index].Width - columns[index].Least, spare);
            columns[index] = columns[index] with { Width = columns[index].Least + more };
            spare -= more;
        }

        return columns;
    }

    private static IEnumerable<StatusColumn> Columns()
    {
        yield return new StatusColumn(Host, (status, _, room) => TextWidth.Fit(status.Host.ToString(), room));
        yield return new StatusColumn("STATE", (status, _, room) => StateWords.WithFlags(status, room));
        yield return new StatusColumn("RELEASE", (status, _, _) => status.Number?.ToString() ?? "-") { Rank = 2 };
        yield return new StatusColumn("WANTED", (status, _, _) => Short(status.Expected, status.Number is not null)) { Rank = Systems };
        yield return new StatusColumn("RUNNING", (status, _, _) => Short(status.Running, isComparable: false)) { Rank = Systems };
        yield return new StatusColumn("SINCE", (status, now, _) => Ages.Of(status.Since, now)) { Rank = 3 };
        yield return new StatusColumn("SEEN", (status, now, _) => Ages.Of(status.LastSeen, now)) { Rank = 1 };
        yield return new StatusColumn("REASON", (status, _, room) => TextWidth.Fit(Reason(status), room))
        {
            Rank = 4,
            Width = int.MaxValue,
            Least = ShortestReason,
        };
    }

    private static StatusColumn Measured(StatusColumn column, IReadOnlyList<HostStatus> statuses, DateTimeOffset now) =>
        column.Least > 0 ? column : column with
        {
            Width = int.Max(column.Title.Length, statuses.Max(status => column.Cell(status, now, int.MaxValue).Length)),
            Least = int.Max(
                column.Title.Length, statuses.Max(status => column.Cell(status, now, column.Title == Host ? int.MaxValue : 0).Length)),
        };

    private static int Needed(List<StatusColumn> columns) => columns.Sum(column => column.Least) + (Gap * (columns.Count - 1));

    /// <summary>Why a host is as it should be needs no telling.</summary>
    private static string Reason(HostStatus status) =>
        status is { State: HostState.UpToDate, Flags: StatusFlags.None } ? string.Empty : status.Reason;

    private static string Short(StorePath? path, bool isComparable) => path is { } known
        ? TextWidth.Fit(SystemWords.Of(known), LongestSystem)
        : isComparable ? "(host decides)" : "-";
}
