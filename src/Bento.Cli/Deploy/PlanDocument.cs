using System.Text.Json.Serialization;
using Bento.Cli.Diff;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>A plan as JSON (docs/guide/json.md): what <c>bento plan --json</c> writes and <c>bento deploy --plan</c> reads.</summary>
internal sealed record PlanDocument(
    int Schema, IReadOnlyList<PlanDocument.Host> Hosts, IReadOnlyList<ProblemDocument> Problems, IReadOnlyList<string> Remarks)
{
    public const int CurrentSchema = 1;

    public static void Write(TextWriter writer, DeployPlan plan) => JsonOutput.Write(
        writer,
        new PlanDocument(CurrentSchema, [.. plan.Hosts.Select(Of)], ProblemDocument.Of(plan.Problems), plan.Remarks),
        PlanJsonContext.Default.PlanDocument);

    private static Host Of(HostPlan host) => new(
        host.Host.ToString(),
        JsonOutput.Word(host.Change),
        host.Current?.ToString(),
        host.CurrentSystem?.ToString(),
        host.System?.ToString(),
        ProvenanceDocument.Of(host.Provenance),
        host.Failure,
        host.Fingerprint,
        PackagesDocument.Of(host.Difference),
        host.Running?.ToString(),
        host.FetchBytes,
        PinDocument.Of(host.Pin),
        FreezeDocument.Of(host.Freeze));

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        string Change,
        string? Release,
        string? CurrentSystem,
        string? System,
        ProvenanceDocument? Provenance,
        string? Failure,
        string? Fingerprint,
        PackagesDocument? Difference,
        string? Running = null,
        long? FetchBytes = null,
        PinDocument? Pin = null,
        FreezeDocument? Freeze = null);
}
