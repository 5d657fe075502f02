using System.Text.Json.Serialization;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Documents;

/// <summary>A release that was published.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PublishedReleaseDocument
{
    /// <summary>The number.</summary>
    [JsonPropertyName("release")]
    public required string Release { get; init; }

    /// <summary>The id.</summary>
    [JsonPropertyName("id")]
    public required ReleaseId Id { get; init; }

    /// <summary>When, by the clock of the publisher.</summary>
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: user and machine; <c>unknown</c> for a release that was found in the area.</summary>
    [JsonPropertyName("by")]
    public required string By { get; init; }

    /// <summary>The system that it expects; null for a channel.</summary>
    [JsonPropertyName("expected")]
    public StorePath? Expected { get; init; }

    /// <summary>Where its configuration comes from; null when it was in no git work tree.</summary>
    [JsonPropertyName("provenance")]
    public ProvenanceDocument? Provenance { get; init; }

    internal static PublishedReleaseDocument Of(PublishedRelease published) => new()
    {
        Release = published.Release.Number.ToString(),
        Id = published.Release.Id,
        At = published.At,
        By = published.By,
        Expected = published.Release.ExpectedSystem,
        Provenance = ProvenanceDocument.Of(published.Release.Provenance),
    };
}
