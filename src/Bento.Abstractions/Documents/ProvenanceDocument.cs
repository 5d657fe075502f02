using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>Where a configuration comes from.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ProvenanceDocument
{
    /// <summary>The commit that last changed the configuration.</summary>
    [JsonPropertyName("commit")]
    public required string Commit { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("committedAt")]
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>The branch that was checked out; null when none was.</summary>
    [JsonPropertyName("branch")]
    public string? Branch { get; init; }

    /// <summary>A tag of the commit; null when it has none.</summary>
    [JsonPropertyName("tag")]
    public string? Tag { get; init; }

    /// <summary>The first line of its message.</summary>
    [JsonPropertyName("subject")]
    public required string Subject { get; init; }

    /// <summary>Whether something else was shipped than what is committed.</summary>
    [JsonPropertyName("dirty")]
    public bool Dirty { get; init; }

    internal static ProvenanceDocument? Of(Provenance? provenance) => provenance is null ? null : new()
    {
        Commit = provenance.Commit,
        CommittedAt = provenance.CommittedAt,
        Branch = provenance.Branch,
        Tag = provenance.Tag,
        Subject = provenance.Subject,
        Dirty = provenance.IsDirty,
    };
}
