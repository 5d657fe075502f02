using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>That somebody paused an agent.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AgentPauseDocument
{
    /// <summary>Since when.</summary>
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>Until when; null for until somebody ends it.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    internal static AgentPauseDocument? Of(AgentPause? pause) => pause is null ? null : new()
    {
        Since = pause.Since,
        Reason = pause.Reason,
        Until = pause.Until,
    };
}
