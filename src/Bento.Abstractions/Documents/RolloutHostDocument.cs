using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>A host in a rollout.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutHostDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>Its wave.</summary>
    [JsonPropertyName("wave")]
    public int Wave { get; init; }

    /// <summary>Where it stands.</summary>
    [JsonPropertyName("state")]
    [JsonConverter(typeof(WordJsonConverter<RolloutHostState>))]
    public required RolloutHostState State { get; init; }

    /// <summary>The number of its release; null when it has none yet.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>Why; null when the state says it.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>When the state ends by itself at the latest; null when it does not.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it is no longer counted against the budget.</summary>
    [JsonPropertyName("forgiven")]
    public bool Forgiven { get; init; }

    internal static RolloutHostDocument Of(RolloutHost host) => new()
    {
        Host = host.Host,
        Wave = host.Wave,
        State = host.State,
        Release = host.Number?.ToString(),
        Reason = host.Reason,
        Until = host.Until,
        Forgiven = host.IsForgiven,
    };
}
