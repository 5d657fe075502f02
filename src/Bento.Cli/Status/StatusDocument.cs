using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>
/// The status of a fleet as JSON (docs/guide/json.md). The schema grows when a member goes or changes its meaning, not when one comes.
/// </summary>
internal sealed record StatusDocument(int Schema, IReadOnlyList<StatusDocument.Host> Hosts)
{
    public static void Write(TextWriter writer, IReadOnlyList<HostStatus> statuses, bool isIndented) =>
        JsonOutput.Write(writer, new StatusDocument(1, [.. statuses.Select(Of)]), StatusJsonContext.Default.StatusDocument, isIndented);

    private static Host Of(HostStatus status) => new(
        status.Host.ToString(),
        StateOption.Word(status.State),
        status.Reason,
        status.Number?.ToString(),
        status.Expected?.ToString(),
        ProvenanceDocument.Of(status.Provenance),
        status.Running?.ToString(),
        status.AgentVersion,
        status.Since,
        status.LastSeen,
        status.LastSuccess,
        status.LastDuration?.TotalSeconds,
        status.NeedsAttention,
        [.. Enum.GetValues<StatusFlags>()
            .Where(flag => flag != StatusFlags.None && status.Flags.HasFlag(flag))
            .Select(flag => JsonOutput.Word(flag))],
        status.Remarks);

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        string State,
        string Reason,
        string? Release,
        string? Expected,
        ProvenanceDocument? Provenance,
        string? Running,
        string? Agent,
        DateTimeOffset? Since,
        DateTimeOffset? LastSeen,
        DateTimeOffset? LastSuccess,
        double? LastDurationSeconds,
        bool NeedsAttention,
        IReadOnlyList<string> Flags,
        IReadOnlyList<string> Remarks);
}
