using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>That a host keeps what it was given back.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PinDocument
{
    /// <summary>Since when.</summary>
    [JsonPropertyName("since")]
    public required DateTimeOffset Since { get; init; }

    /// <summary>The number of the release that it was given back.</summary>
    [JsonPropertyName("release")]
    public required string Release { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    internal static PinDocument? Of(ReleasePin? pin) => pin is null ? null : new()
    {
        Since = pin.Since,
        Release = pin.To.ToString(),
        Reason = pin.Reason,
    };
}
