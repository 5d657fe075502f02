using Bento.Agents;
using Bento.Cli.Terminal;

namespace Bento.Cli.Agent;

/// <summary>What a host knows about itself, as JSON (docs/guide/json.md).</summary>
internal sealed record AgentStateDocument(
    int Schema,
    string Host,
    string? Release,
    ProvenanceDocument? Provenance,
    string? Wanted,
    string? Running,
    string? Booted,
    string? NextBoot,
    string Summary,
    string? Outcome,
    DateTimeOffset? RetryAt,
    DateTimeOffset? RebootPendingSince,
    AgentStateDocument.PauseOrder? Pause,
    string? Worker,
    int WaitingReports,
    bool SecretsLocked,
    IReadOnlyList<string> Waits)
{
    public static void Write(TextWriter writer, AgentState state) =>
        JsonOutput.Write(writer, Of(state), AgentStateJsonContext.Default.AgentStateDocument);

    private static AgentStateDocument Of(AgentState state) => new(
        1,
        state.Host.ToString(),
        state.Number?.ToString(),
        ProvenanceDocument.Of(state.Provenance),
        state.Wanted?.ToString(),
        state.Machine.Running?.ToString(),
        state.Machine.Booted?.ToString(),
        state.Machine.Profile?.ToString(),
        state.Summary,
        state.Outcome is { } outcome ? JsonOutput.Word(outcome) : null,
        state.RetryAt,
        state.RebootPendingSince,
        state.Pause is { } pause ? new PauseOrder(pause.Since, pause.Reason, pause.Until) : null,
        state.Worker,
        state.WaitingReportCount,
        state.AreSecretsLocked,
        state.Waits);

    internal sealed record PauseOrder(DateTimeOffset Since, string? Reason, DateTimeOffset? Until);
}
