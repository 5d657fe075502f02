using System.Globalization;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>
/// The status of a fleet in the text format of Prometheus, for the textfile collector of a node_exporter (docs/guide/status.md).
/// </summary>
internal static class StatusPrometheus
{
    public static void Write(TextWriter writer, IReadOnlyList<HostStatus> statuses)
    {
        Describe(writer, "bento_hosts", "How many hosts are in a state.");
        foreach (var state in Enum.GetValues<HostState>())
        {
            Line(writer, "bento_hosts", statuses.Count(status => status.State == state), ("state", StateOption.Word(state)));
        }

        Family(writer, statuses, "bento_host_state", "1: the state that a host is in.", status =>
            [(1, [("state", StateOption.Word(status.State))])]);
        Family(
            writer,
            statuses,
            "bento_host_info",
            "1: the release of a host, the system that it expects, and the one that the host says it runs.",
            status =>
                [(1, [("release", status.Number?.ToString() ?? string.Empty), (
                    "wanted", status.Expected?.BaseName ?? string.Empty), ("running", status.Running?.BaseName ?? string.Empty)])]);
        Family(writer, statuses, "bento_host_needs_attention", "1 when somebody should look at a host, else 0.", status =>
            [(status.NeedsAttention ? 1 : 0, [])]);
        foreach (var (flag, name, help) in Flags)
        {
            Family(writer, statuses, name, help, status => [(status.Flags.HasFlag(flag) ? 1 : 0, [])]);
        }

        Family(writer, statuses, "bento_host_last_success_timestamp_seconds", "When a host last reported success.", status =>
            Time(status.LastSuccess));
        Family(writer, statuses, "bento_host_last_seen_timestamp_seconds", "When a host was last heard.", status => Time(status.LastSeen));
        Family(writer, statuses, "bento_host_state_since_timestamp_seconds", "Since when a host is in its state.", status =>
            Time(status.Since));
        Family(writer, statuses, "bento_host_last_attempt_duration_seconds", "How long the last attempt that ended took.", status =>
            status.LastDuration is { } duration ? [(duration.TotalSeconds, [])] : []);
    }

    private static IEnumerable<(StatusFlags Flag, string Name, string Help)> Flags => Enum.GetValues<StatusFlags>()
        .Where(flag => flag != StatusFlags.None)
        .Select(flag => (
            flag,
            $"bento_host_{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(flag.ToString())}",
            $"1 when a host has the flag {System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(flag.ToString())}, else 0."));

    private static (double Value, (string Name, string Value)[] Labels)[] Time(DateTimeOffset? time) =>
        time is { } known ? [(known.ToUnixTimeMilliseconds() / 1000.0, [])] : [];

    private static void Family(
        TextWriter writer,
        IReadOnlyList<HostStatus> statuses,
        string name,
        string help,
        Func<HostStatus, (double Value, (string Name, string Value)[] Labels)[]> samples)
    {
        Describe(writer, name, help);
        foreach (var status in statuses)
        {
            foreach (var (value, labels) in samples(status))
            {
                Line(writer, name, value, [("host", status.Host.ToString()), .. labels]);
            }
        }
    }

    private static void Describe(TextWriter writer, string name, string help)
    {
        writer.Write($"# HELP {name} {help}\n");
        writer.Write($"# TYPE {name} gauge\n");
    }

    private static void Line(TextWriter writer, string name, double value, params (string Name, string Value)[] labels)
    {
        var set = string.Join(',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value)}\""));
        writer.Write($"{name}{{{set}}} {value.ToString("R", CultureInfo.InvariantCulture)}\n");
    }

    private static string Escaped(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
