using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Publishing;
using Bento.Rollouts;

namespace Bento.Cli.Deploy;

/// <summary>The result of a deploy, a build or a forecast as JSON (docs/guide/json.md).</summary>
internal sealed record DeployDocument(
    int Schema,
    bool Success,
    IReadOnlyList<DeployDocument.Host> Hosts,
    IReadOnlyList<ProblemDocument> Problems,
    IReadOnlyList<string> Remarks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? ToBuild,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? ToFetch,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RolloutDocument.Content? Rollout)
{
    public static void Write(TextWriter writer, DeployReport report, RolloutStatus? rollout = null) =>
        JsonOutput.Write(writer, Of(report, rollout), DeployJsonContext.Default.DeployDocument);

    private static DeployDocument Of(DeployReport report, RolloutStatus? rollout) => new(
        1,
        report.IsSuccess,
        [.. report.Hosts.Select(Of)],
        ProblemDocument.Of(report.Problems),
        report.Remarks,
        report.Forecast is { } forecast ? [.. forecast.ToBuild.Select(path => path.ToString())] : null,
        report.Forecast is { } fetched ? [.. fetched.ToFetch.Select(path => path.ToString())] : null,
        rollout is null ? null : RolloutDocument.Of(rollout));

    private static Host Of(HostDeployment host) => new(
        host.Host.ToString(),
        JsonOutput.Word(host.Outcome),
        host.System?.ToString(),
        host.Number?.ToString(),
        host.Failure,
        host.NextStep is { } next ? NextStepText.Of(next) : null,
        host.LogTail,
        PinDocument.Of(host.Pin));

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        string Outcome,
        string? System,
        string? Release,
        string? Failure,
        string? NextStep,
        IReadOnlyList<string> LogTail,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PinDocument? Pin = null);
}
