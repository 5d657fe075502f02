using System.Text.Json.Serialization;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>How many hosts stand where.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutCountsDocument
{
    /// <summary>All of them.</summary>
    [JsonPropertyName("planned")]
    public int Planned { get; init; }

    /// <summary>Those whose release was published.</summary>
    [JsonPropertyName("published")]
    public int Published { get; init; }

    /// <summary>Those that run it.</summary>
    [JsonPropertyName("confirmed")]
    public int Confirmed { get; init; }

    /// <summary>Those that failed.</summary>
    [JsonPropertyName("failed")]
    public int Failed { get; init; }

    /// <summary>Those that did not answer in time.</summary>
    [JsonPropertyName("timedOut")]
    public int TimedOut { get; init; }

    /// <summary>Those that are waited for.</summary>
    [JsonPropertyName("waiting")]
    public int Waiting { get; init; }

    /// <summary>Those that were away when the wave began.</summary>
    [JsonPropertyName("away")]
    public int Away { get; init; }

    internal static RolloutCountsDocument Of(RolloutCounts counts) => new()
    {
        Planned = counts.Planned,
        Published = counts.Published,
        Confirmed = counts.Confirmed,
        Failed = counts.Failed,
        TimedOut = counts.TimedOut,
        Waiting = counts.Waiting,
        Away = counts.Away,
    };
}
