using System.Text.Json.Serialization;

namespace Bento.Rollouts;

/// <summary>A file of a rollout as it is kept on disk.</summary>
/// <param name="Schema">Which members it has.</param>
/// <param name="Content">What it says.</param>
/// <param name="Digest">Of all before it.</param>
internal sealed record RolloutDocument<T>(
    int Schema, T Content, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Digest = null);
