using System.Text.Json.Serialization;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>A wave of a rollout.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutWaveDocument
{
    /// <summary>Which one; 0 for the hosts that wait for no wave.</summary>
    [JsonPropertyName("number")]
    public int Number { get; init; }

    /// <summary>How many hosts it takes, as it was written; null for what is left at the end.</summary>
    [JsonPropertyName("size")]
    public string? Size { get; init; }

    /// <summary>Whether somebody must say that it may begin.</summary>
    [JsonPropertyName("needsApproval")]
    public bool NeedsApproval { get; init; }

    /// <summary>When it was begun; null when it was not.</summary>
    [JsonPropertyName("began")]
    public DateTimeOffset? Began { get; init; }

    /// <summary>When its last host was settled; null when one is not.</summary>
    [JsonPropertyName("settled")]
    public DateTimeOffset? Settled { get; init; }

    /// <summary>Its hosts, by where they stand.</summary>
    [JsonPropertyName("hosts")]
    public required RolloutCountsDocument Hosts { get; init; }

    internal static RolloutWaveDocument Of(RolloutWaveStatus wave) => new()
    {
        Number = wave.Number,
        Size = wave.Wave?.Size.ToString(),
        NeedsApproval = wave.Wave?.NeedsApproval ?? false,
        Began = wave.Began,
        Settled = wave.Settled,
        Hosts = RolloutCountsDocument.Of(wave.Hosts),
    };
}
