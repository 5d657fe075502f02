using System.Text.Json.Serialization;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Documents;

/// <summary>A host of a fleet.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostEntryDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>Its tags.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Its key; null when it has none.</summary>
    [JsonPropertyName("key")]
    public SshPublicKey? Key { get; init; }

    /// <summary>The fingerprint of its key; null when it has none.</summary>
    [JsonPropertyName("fingerprint")]
    public KeyFingerprint? Fingerprint { get; init; }

    /// <summary>Whether something describes it; null while its flake was not evaluated yet.</summary>
    [JsonPropertyName("configuration")]
    public bool? Configuration { get; init; }

    /// <summary>Whether it has an area.</summary>
    [JsonPropertyName("area")]
    public bool Area { get; init; }

    internal static HostEntryDocument Of(HostEntry host) => new()
    {
        Host = host.Name,
        Tags = host.Tags,
        Key = host.Key,
        Fingerprint = host.Key?.Fingerprint,
        Configuration = host.HasConfiguration,
        Area = host.HasArea,
    };
}
