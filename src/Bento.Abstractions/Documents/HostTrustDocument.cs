using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>What a host must trust, as its agent is told.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostTrustDocument
{
    /// <summary>The keys.</summary>
    [JsonPropertyName("keys")]
    public IReadOnlyList<SshPublicKey> Keys { get; init => field = ValueList.Of(value); } = ValueList<SshPublicKey>.Empty;

    /// <summary>How many of them must have signed a release.</summary>
    [JsonPropertyName("threshold")]
    public int Threshold { get; init; }

    /// <summary>The epoch.</summary>
    [JsonPropertyName("epoch")]
    public long Epoch { get; init; }
}
