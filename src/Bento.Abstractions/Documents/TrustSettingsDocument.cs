using System.Text.Json.Serialization;

namespace Bento.Documents;

/// <summary>What a person puts into the settings of an agent.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TrustSettingsDocument
{
    /// <summary>What it must trust.</summary>
    [JsonPropertyName("trust")]
    public required HostTrustDocument Trust { get; init; }
}
