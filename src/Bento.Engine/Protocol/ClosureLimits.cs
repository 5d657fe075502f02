namespace Bento.Protocol;

/// <summary>The largest closure that a host takes (docs/protocol.md): a larger one is refused before it is published.</summary>
internal static class ClosureLimits
{
    /// <summary>Of a manifest as it lies in the area, compressed.</summary>
    public const int MaxManifestBytes = 8 << 20;

    /// <summary>Of a manifest that is unpacked.</summary>
    public const int MaxUnpackedBytes = 32 << 20;

    public const int MaxPaths = 50_000;

    public const int MaxBundles = 64;

    /// <summary>Of a file in a bundle: a host has some of them in memory at once.</summary>
    public const long MaxBundledBytes = 1 << 20;

    /// <summary>Of one file, compressed or not; of all of them together, a sum that no arithmetic overflows.</summary>
    public const long MaxFileBytes = 1L << 40;
}
