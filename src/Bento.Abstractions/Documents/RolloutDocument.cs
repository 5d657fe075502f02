using System.Text.Json.Serialization;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>A rollout: <c>bento rollout status --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record RolloutDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The rollout; null where there was none.</summary>
    [JsonPropertyName("rollout")]
    public RolloutContentDocument? Rollout { get; init; }

    /// <summary>Makes the document of a rollout.</summary>
    /// <param name="status">The rollout; null where there was none.</param>
    /// <returns>The document.</returns>
    public static RolloutDocument Of(RolloutStatus? status) =>
        new() { Rollout = status is null ? null : RolloutContentDocument.Of(status) };
}
