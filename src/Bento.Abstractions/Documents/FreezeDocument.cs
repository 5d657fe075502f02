using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>That a host is frozen.</summary>
/// <remarks>Immutable.</remarks>
public sealed record FreezeDocument
{
    /// <summary>Why.</summary>
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when; null for until somebody ends it.</summary>
    [JsonPropertyName("until")]
    public DateTimeOffset? Until { get; init; }

    internal static FreezeDocument? Of(HostFreeze? freeze) => freeze is null ? null : new()
    {
        Reason = freeze.Reason,
        Since = freeze.Since,
        Until = freeze.Until,
    };
}
