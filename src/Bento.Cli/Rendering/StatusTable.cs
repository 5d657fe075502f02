using Bento.Status;
using Spectre.Console;

namespace Bento.Cli.Rendering;

/// <summary>The status of a fleet as a table. Every state has a sign, so that it reads without colour too.</summary>
internal static class StatusTable
{
    private const int WideEnoughForReason = 100;
    private const int WideEnoughForSystems = 140;
    private const int Gap = 2;
    private const string Cut = "...";

    public static void Write(CliIo io, IReadOnlyList<HostStatus> statuses, DateTimeOffset now, bool isFleetEmpty = false)
    {
        if (statuses.Count == 0)
        {
            io.Error.WriteLine(isFleetEmpty ? "No host has an area yet. 'bento deploy' makes them." : "No host is in such a state.");
            return;
        }

        var grid = new Grid();
        var columns = Columns(io.Width).ToList();
        foreach (var column in columns)
        {
            _ = grid.AddColumn(new GridColumn { NoWrap = column.IsFixed, Padding = new Padding(0, 0, Gap, 0) });
        }

        _ = grid.AddRow([.. columns.Select(column => new Text(column.Title, new Style(decoration: Decoration.Bold)))]);
        var room = RoomForReason(columns, io.Width, statuses, now);
        foreach (var status in statuses)
        {
            _ = grid.AddRow([.. columns.Select(column => new Text(Fitting(column, column.Cell(status, now), status, room), column.Style(status)))]);
        }

        Consoles.Write(io, grid);
        if (io.Width < WideEnoughForReason)
        {
            WriteReasons(io, statuses);
        }

        WriteRemarks(io, statuses);
    }

    private static IEnumerable<Column> Columns(int width)
    {
        yield return new Column("HOST", (status, _) => status.Host.ToString());
        yield return new Column("STATE", (status, _) => State(status), StateStyle);
        yield return new Column("RELEASE", (status, _) => status.Number?.ToString() ?? "-");
        if (width >= WideEnoughForSystems)
        {
            yield return new Column("WANTED", (status, _) => Short(status.Expected, status.Number is not null));
            yield return new Column("RUNNING", (status, _) => Short(status.Running, false));
        }

        yield return new Column("SINCE", (status, now) => Ages.Of(status.Since, now));
        yield return new Column("SEEN", (status, now) => Ages.Of(status.LastSeen, now));
        if (width >= WideEnoughForReason)
        {
            yield return new Column("REASON", (status, _) => status.Reason) { IsFixed = false };
        }
    }

    private static int RoomForReason(List<Column> columns, int width, IReadOnlyList<HostStatus> statuses, DateTimeOffset now) =>
        int.Max(width - columns.Where(column => column.IsFixed).Sum(column => int.Max(column.Title.Length, statuses.Max(status => column.Cell(status, now).Length)) + Gap) - Gap, Cut.Length);

    /// <summary>A host that is well has one line, whatever it says: only what somebody should read goes on below.</summary>
    private static string Fitting(Column column, string text, HostStatus status, int room) =>
        column.IsFixed || status.NeedsAttention || text.Length <= room ? text : $"{text[..(room - Cut.Length)]}{Cut}";

    /// <summary>Where the table has no room for reasons, those that somebody should read follow it.</summary>
    private static void WriteReasons(CliIo io, IReadOnlyList<HostStatus> statuses)
    {
        foreach (var status in statuses.Where(status => status.NeedsAttention))
        {
            io.Out.WriteLine($"{status.Host}: {status.Reason}");
        }
    }

    private static void WriteRemarks(CliIo io, IReadOnlyList<HostStatus> statuses)
    {
        foreach (var (host, remark) in statuses.SelectMany(status => status.Remarks.Select(remark => (status.Host, remark))))
        {
            io.Out.WriteLine($"{host}: {remark}");
        }
    }

    private static string State(HostStatus status)
    {
        var flags = string.Concat(
            status.Flags.HasFlag(StatusFlags.Degraded) ? ", degraded" : string.Empty,
            status.Flags.HasFlag(StatusFlags.RebootPending) ? ", reboot pending" : string.Empty,
            status.Flags.HasFlag(StatusFlags.Paused) ? ", paused" : string.Empty,
            status.Flags.HasFlag(StatusFlags.BootedOld) ? ", booted old" : string.Empty,
            status.Flags.HasFlag(StatusFlags.Drift) ? ", drift" : string.Empty);
        return $"{StateWords.Sign(status.State)} {StateWords.Name(status.State)}{flags}";
    }

    private static Style StateStyle(HostStatus status) => new(status.State.Weight() switch
    {
        StateWeight.Well => Color.Green,
        StateWeight.Moving => Color.Yellow,
        _ => Color.Red,
    });

    /// <summary>The first letters of the hash and the name: what tells two systems apart.</summary>
    private static string Short(Building.StorePath? path, bool isComparable) => path is { } known
        ? $"{known.BaseName[..7]}-{known.Name}"
        : isComparable ? "(host decides)" : "-";

    private sealed record Column(string Title, Func<HostStatus, DateTimeOffset, string> Cell, Func<HostStatus, Style>? StyleOf = null)
    {
        public bool IsFixed { get; init; } = true;

        public Style Style(HostStatus status) => StyleOf?.Invoke(status) ?? Spectre.Console.Style.Plain;
    }
}
