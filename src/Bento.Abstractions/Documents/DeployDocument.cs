using System.Text.Json.Serialization;
using Bento.Publishing;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>What an operation did: <c>bento deploy --json</c>, and build, refresh, rollback and publish.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record DeployDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>Whether everything went well: no host failed, and there are no problems.</summary>
    [JsonPropertyName("success")]
    public bool Success { get; init; }

    /// <summary>What came of each selected host, by name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostDeploymentDocument> Hosts
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList<HostDeploymentDocument>.Empty;

    /// <summary>What is wrong with a directory as a whole, so that no host can be named.</summary>
    [JsonPropertyName("problems")]
    public IReadOnlyList<ProblemDocument> Problems { get; init => field = ValueList.Of(value); } = ValueList<ProblemDocument>.Empty;

    /// <summary>What the operator should know beside failures.</summary>
    [JsonPropertyName("remarks")]
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>The derivations that Nix would build; null where nobody asked.</summary>
    [JsonPropertyName("toBuild")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StorePath>? ToBuild { get; init => field = value is null ? null : ValueList.Of(value); }

    /// <summary>The paths that Nix would copy from caches; null where nobody asked.</summary>
    [JsonPropertyName("toFetch")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StorePath>? ToFetch { get; init => field = value is null ? null : ValueList.Of(value); }

    /// <summary>The rollout that it began; null where it began none.</summary>
    [JsonPropertyName("rollout")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RolloutContentDocument? Rollout { get; init; }

    /// <summary>Makes the document of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rollout">The rollout that the operation began; null when it began none.</param>
    /// <param name="say">How a next step is said, such as by the command that takes it; null for its text.</param>
    /// <returns>The document.</returns>
    public static DeployDocument Of(DeployReport report, RolloutStatus? rollout = null, Func<NextStep, string>? say = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new()
        {
            Success = report.IsSuccess,
            Hosts = [.. report.Hosts.Select(host => HostDeploymentDocument.Of(host, say))],
            Problems = [.. report.Problems.Select(problem => ProblemDocument.Of(problem, say))],
            Remarks = report.Remarks,
            ToBuild = report.Forecast?.ToBuild,
            ToFetch = report.Forecast?.ToFetch,
            Rollout = rollout is null ? null : RolloutContentDocument.Of(rollout),
        };
    }
}
