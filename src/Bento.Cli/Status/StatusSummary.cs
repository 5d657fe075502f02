using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>The status of a fleet in one line: how many hosts there are, how many in each state, and who needs attention.</summary>
internal static class StatusSummary
{
    private const int MaxNames = 10;

    public static void Write(TextWriter writer, IReadOnlyList<HostStatus> statuses)
    {
        var names = statuses.Where(status => status.NeedsAttention).Select(status => status.Host.ToString()).ToList();
        var attention = names.Count switch
        {
            0 => "all well",
            <= MaxNames => $"look at {string.Join(' ', names)}",
            _ => $"look at {string.Join(' ', names.Take(MaxNames))} and {names.Count - MaxNames} more",
        };
        writer.WriteLine(statuses.Count == 0 ? $"0 hosts: {attention}" : $"{Counts(statuses, statuses.Count)}, {attention}");
    }

    /// <summary>How many hosts there are in each state, the worst first.</summary>
    /// <param name="shown">The hosts that are shown; at least one.</param>
    /// <param name="total">How many there are.</param>
    public static string Counts(IReadOnlyList<HostStatus> shown, int total)
    {
        var states = shown.GroupBy(status => status.State).OrderByDescending(group => group.Key.Weight()).ThenBy(group => group.Key)
            .Select(group => $"{group.Count()} {StateWords.Name(group.Key)}");
        var hosts = total == 1 ? "host" : "hosts";
        return $"{(shown.Count == total ? string.Empty : $"{shown.Count} of ")}{total} {hosts}: {string.Join(", ", states)}";
    }
}
