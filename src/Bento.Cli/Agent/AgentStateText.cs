using Bento.Agents;

namespace Bento.Cli.Agent;

/// <summary>What a host knows about itself, in words.</summary>
internal static class AgentStateText
{
    public static void Write(TextWriter writer, AgentState state)
    {
        (string Label, string? Value)[] lines =
        [
            ("host", state.Host.ToString()),
            ("release", state.Number?.ToString() ?? "none yet"),
            ("commit", state.Provenance?.ToString()),
            ("wanted", state.Wanted?.ToString() ?? "unknown"),
            ("running", state.Machine.Running?.ToString() ?? "unknown"),
            ("booted", state.Machine.Booted?.ToString() ?? "unknown"),
            ("next boot", state.Machine.Profile?.ToString() ?? "unknown"),
            ("last", state.Summary),
            ("agent", state.Worker is { } worker ? $"at work: {worker}" : "not running"),
            ("reports", state.WaitingReportCount == 0 ? null : $"{state.WaitingReportCount} waiting for the server"),
        ];
        foreach (var (label, value) in lines.Where(line => line.Value is not null))
        {
            writer.WriteLine($"{label,-10} {value}");
        }

        foreach (var wait in state.Waits)
        {
            writer.WriteLine($"{"waits",-10} {wait}");
        }
    }
}
