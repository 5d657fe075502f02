using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>Where a rollout stands.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutContentDocument
{
    /// <summary>Which one.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    [JsonPropertyName("phase")]
    [JsonConverter(typeof(WordJsonConverter<RolloutPhase>))]
    public required RolloutPhase Phase { get; init; }

    /// <summary>Why, as one sentence.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>When the phase ends by itself at the latest; null when it does not.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it began.</summary>
    [JsonPropertyName("began")]
    public required DateTimeOffset Began { get; init; }

    /// <summary>Who began it.</summary>
    [JsonPropertyName("by")]
    public required string By { get; init; }

    /// <summary>How many hosts may fail.</summary>
    [JsonPropertyName("budget")]
    public int Budget { get; init; }

    /// <summary>The last wave that was begun; 0 before the first.</summary>
    [JsonPropertyName("wave")]
    public int Wave { get; init; }

    /// <summary>All hosts in waves, by where they stand.</summary>
    [JsonPropertyName("counts")]
    public required RolloutCountsDocument Counts { get; init; }

    /// <summary>The waves in order. The number 0 are the hosts that wait for no wave.</summary>
    [JsonPropertyName("waves")]
    public IReadOnlyList<RolloutWaveDocument> Waves { get; init => field = ValueList.Of(value); } = ValueList<RolloutWaveDocument>.Empty;

    /// <summary>The hosts, by wave and name.</summary>
    [JsonPropertyName("hosts")]
    public IReadOnlyList<RolloutHostDocument> Hosts { get; init => field = ValueList.Of(value); } = ValueList<RolloutHostDocument>.Empty;

    /// <summary>What an operator said; null when nobody holds it.</summary>
    [JsonPropertyName("hold")]
    public RolloutHoldDocument? Hold { get; init; }

    internal static RolloutContentDocument Of(RolloutStatus status) => new()
    {
        Id = status.Id,
        Phase = status.Phase,
        Reason = status.Reason,
        Until = status.Until,
        Began = status.Began,
        By = status.By,
        Budget = status.Budget,
        Wave = status.Wave,
        Counts = RolloutCountsDocument.Of(status.Counts),
        Waves = [.. status.Waves.Select(RolloutWaveDocument.Of)],
        Hosts = [.. status.Hosts.Select(RolloutHostDocument.Of)],
        Hold = RolloutHoldDocument.Of(status.Hold),
    };
}
