using System.Text.Json.Serialization;

namespace Bento.Documents;

/// <summary>The keys that sign releases, and what hosts must trust: <c>bento trust show --json</c>.</summary>
/// <remarks>Immutable. In JSON it looks as docs/guide/json.md says.</remarks>
public sealed record TrustDocument
{
    /// <summary>The version of this document.</summary>
    /// <value>Default: 1.</value>
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    /// <summary>The keys that are set, in that order.</summary>
    [JsonPropertyName("keys")]
    public IReadOnlyList<SigningKeyDocument> Keys { get; init => field = ValueList.Of(value); } = ValueList<SigningKeyDocument>.Empty;

    /// <summary>How many of them must sign a release.</summary>
    [JsonPropertyName("mustSign")]
    public int MustSign { get; init; }

    /// <summary>The epoch of the fleet.</summary>
    [JsonPropertyName("epoch")]
    public long Epoch { get; init; }

    /// <summary>What every host must trust.</summary>
    [JsonPropertyName("trust")]
    public required HostTrustDocument Trust { get; init; }
}
