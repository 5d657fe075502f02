using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>What stands below the table of hosts: what had no room in it and somebody should read, and what to do next.</summary>
internal static class StatusNotes
{
    /// <summary>How many lines of the terminal a note may take: a host chose how long it is. JSON has all of it.</summary>
    private const int LongestNote = 3;

    private const int MaxNames = 3;

    /// <summary>The lines. What is to be said of several hosts is said once.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<HostStatus> statuses, IReadOnlyList<StatusColumn> columns, int width) =>
        statuses
            .SelectMany(status => Notes(status, columns).Select(note => (status.Host, Text: note, IsStep: false))
                .Concat(StatusNextStep.Of(status) is { } step ? [(status.Host, Text: step, IsStep: true)] : []))
            .GroupBy(said => (said.Text, said.IsStep), said => said.Host.ToString())
            .SelectMany(said => WrappedText.Lines(
                PlainLine.Of(said switch
                {
                    { Key.IsStep: true } when said.Count() == 1 => $"{said.First()}: {StatusNextStep.For(said.First(), said.Key.Text)}",
                    _ => Sentence([.. said], said.Key.Text),
                }),
                width,
                LongestNote));

    private static string Sentence(List<string> hosts, string note) => hosts switch
    {
        { Count: <= MaxNames } => $"{string.Join(", ", hosts)}: {note}",
        _ => $"{string.Join(", ", hosts.Take(MaxNames))} and {hosts.Count - MaxNames} more: {note}",
    };

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
}
