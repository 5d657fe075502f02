using System.Text.Json.Serialization;
using Bento.Publishing;

namespace Bento.Documents;

/// <summary>What a deploy would do: <c>bento plan --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record PlanDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The hosts, by name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<HostPlanDocument> Hosts { get; init => field = ValueList.Of(value); } = ValueList<HostPlanDocument>.Empty;

    /// <summary>What is wrong with a directory as a whole, so that no host can be named.</summary>
    [JsonPropertyName("problems")]
    public IReadOnlyList<ProblemDocument> Problems { get; init => field = ValueList.Of(value); } = ValueList<ProblemDocument>.Empty;

    /// <summary>What the operator should know beside failures.</summary>
    [JsonPropertyName("remarks")]
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Makes the document of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="say">How a next step is said, such as by the command that takes it; null for its text.</param>
    /// <returns>The document.</returns>
    public static PlanDocument Of(DeployPlan plan, Func<NextStep, string>? say = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new()
        {
            Hosts = [.. plan.Hosts.Select(HostPlanDocument.Of)],
            Problems = [.. plan.Problems.Select(problem => ProblemDocument.Of(problem, say))],
            Remarks = plan.Remarks,
        };
    }
}
