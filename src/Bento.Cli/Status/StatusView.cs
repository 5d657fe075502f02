using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>What of a status is shown, and how.</summary>
/// <param name="Format">How it is written.</param>
/// <param name="States">Only hosts in these states; empty for all.</param>
/// <param name="Order">The order of the rows.</param>
/// <param name="IsRepeated">Whether it is shown again and again.</param>
internal sealed record StatusView(StatusFormat Format, IReadOnlyCollection<HostState> States, StatusOrder Order, bool IsRepeated)
{
    private const int HeadAndFoot = 3;

    /// <summary>Whether each look is one line below the one before, for programs that read lines.</summary>
    public bool IsLine => IsRepeated && Format is StatusFormat.Json or StatusFormat.Summary;

    /// <returns>What was shown.</returns>
    public IReadOnlyList<HostStatus> Write(CliIo io, IReadOnlyList<HostStatus> statuses, DateTimeOffset now)
    {
        IReadOnlyList<HostStatus> shown = [.. Ordered(statuses.Where(status => States.Count == 0 || States.Contains(status.State)))];
        if (IsRepeated && Format == StatusFormat.Table && io.IsOutputTerminal && shown.Count + HeadAndFoot > io.Height)
        {
            // What is cut to the height of the terminal is not what somebody should look at.
            shown = [.. shown.OrderByDescending(status => status.NeedsAttention)];
        }

        switch (Format)
        {
            case StatusFormat.Json:
                JsonOutput.Write(io.Out, StatusDocument.Of(shown), isIndented: !IsRepeated);
                break;
            case StatusFormat.Summary:
                StatusSummary.Write(io.Out, shown);
                break;
            case StatusFormat.Prometheus:
                StatusPrometheus.Write(io.Out, shown);
                break;
            default:
                WriteTable(io, shown, statuses.Count, now);
                break;
        }

        return shown;
    }

    /// <summary>With how many hosts there are: above a table that is cut at its end, below one that is read to it.</summary>
    private void WriteTable(CliIo io, IReadOnlyList<HostStatus> shown, int total, DateTimeOffset now)
    {
        var counts = shown.Count > 0 && total > 1 ? StatusSummary.Counts(shown, total) : string.Empty;
        var isCut = IsRepeated && io.IsOutputTerminal;
        WriteLines(io, isCut ? $"{now.UtcDateTime:HH:mm:ss} UTC  {counts}" : string.Empty);
        StatusTable.Write(io, shown, now, isFleetEmpty: total == 0);
        WriteLines(io, isCut ? string.Empty : counts);
    }

    private static void WriteLines(CliIo io, string text)
    {
        foreach (var line in WrappedText.Lines(text.TrimEnd(), io.Width, int.MaxValue).Where(line => line.Length > 0))
        {
            io.Out.Write($"{line}\n");
        }
    }

    private IEnumerable<HostStatus> Ordered(IEnumerable<HostStatus> statuses) => Order switch
    {
        StatusOrder.State => statuses.OrderByDescending(status => status.NeedsAttention)
            .ThenByDescending(status => status.State.Weight())
            .ThenBy(status => status.State),
        StatusOrder.Since => statuses.OrderByDescending(status => status.Since),
        StatusOrder.Seen => statuses.OrderBy(status => status.LastSeen),
        StatusOrder.Release => statuses.OrderByDescending(status => status.Number),
        _ => statuses.OrderBy(status => status.Host.ToString(), NaturalOrder.Instance),
    };
}
