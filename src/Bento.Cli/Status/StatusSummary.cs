using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>The status of a fleet in one line: how many hosts there are, how many in each state, and who needs attention.</summary>
internal static class StatusSummary
{
    private const int MaxNames = 10;

    public static void Write(TextWriter writer, IReadOnlyList<HostStatus> statuses)
    {
        var states = statuses.GroupBy(status => status.State).OrderByDescending(group => group.Key.Weight()).ThenBy(group => group.Key)
            .Select(group => $"{group.Count()} {StateWords.Name(group.Key)}");
        var names = statuses.Where(status => status.NeedsAttention).Select(status => status.Host.ToString()).ToList();
        var attention = names.Count switch
        {
            0 => "all well",
            <= MaxNames => $"look at {string.Join(' ', names)}",
            _ => $"look at {string.Join(' ', names.Take(MaxNames))} and {names.Count - MaxNames} more",
        };
        writer.WriteLine($"{statuses.Count} {(statuses.Count == 1 ? "host" : "hosts")}: {string.Join(", ", states.Append(attention))}");
    }
}
