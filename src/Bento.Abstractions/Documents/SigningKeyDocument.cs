using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Documents;

/// <summary>A key that signs releases.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SigningKeyDocument
{
    /// <summary>Its file.</summary>
    [JsonPropertyName("file")]
    public required string File { get; init; }

    /// <summary>Its fingerprint; null when it cannot be read.</summary>
    [JsonPropertyName("fingerprint")]
    public KeyFingerprint? Fingerprint { get; init; }

    /// <summary>Its type; null when it cannot be read.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Its comment; null when it cannot be read.</summary>
    [JsonPropertyName("comment")]
    public string? Comment { get; init; }

    /// <summary>Its public half; null when it cannot be read.</summary>
    [JsonPropertyName("publicKey")]
    public SshPublicKey? PublicKey { get; init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    [JsonPropertyName("problem")]
    public string? Problem { get; init; }
}
