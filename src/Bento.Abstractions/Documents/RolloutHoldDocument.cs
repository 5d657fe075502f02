using System.Text.Json.Serialization;
using Bento.Rollouts;

namespace Bento.Documents;

/// <summary>That an operator holds a rollout.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutHoldDocument
{
    /// <summary>When that was said.</summary>
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>Who said it.</summary>
    [JsonPropertyName("by")]
    public required string By { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>Whether it ends.</summary>
    [JsonPropertyName("abort")]
    public bool Abort { get; init; }

    internal static RolloutHoldDocument? Of(RolloutHold? hold) => hold is null ? null : new()
    {
        At = hold.At,
        By = hold.By,
        Reason = hold.Reason,
        Abort = hold.IsAbort,
    };
}
