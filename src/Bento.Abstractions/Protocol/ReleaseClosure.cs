namespace Bento.Protocol;

/// <summary>
/// What identifies the closure of a release: all that its system needs, built elsewhere, for a host that builds nothing
/// (docs/protocol.md, "Closures").
/// </summary>
/// <remarks>Immutable. The manifest names every file by its hash, so whoever signs the release signs them all.</remarks>
public sealed record ReleaseClosure
{
    /// <summary>The hash of the manifest, which names it in the area.</summary>
    public required ContentHash Manifest { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long ManifestBytes { get; init; }
}
