using System.Text.Json.Serialization;
using Bento.Building;

namespace Bento.Documents;

/// <summary>A state of an input.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RevisionDocument
{
    /// <summary>The commit, or the hash of the tree where there is none.</summary>
    [JsonPropertyName("revision")]
    public required string Revision { get; init; }

    /// <summary>When it was made; null when that is not known.</summary>
    [JsonPropertyName("modified")]
    public DateTimeOffset? Modified { get; init; }

    internal static RevisionDocument? Of(FlakeRevision? revision) => revision is null ? null : new()
    {
        Revision = revision.Id,
        Modified = revision.Modified,
    };
}
