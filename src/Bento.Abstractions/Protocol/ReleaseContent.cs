namespace Bento.Protocol;

/// <summary>What identifies the configuration tree of a release.</summary>
/// <remarks>Immutable. Two archives with the same tree hash describe the same systems.</remarks>
public sealed record ReleaseContent
{
    /// <summary>The hash of the archive, which names it in the area.</summary>
    public required ContentHash Archive { get; init; }

    /// <summary>The size of the archive in bytes.</summary>
    public required long ArchiveBytes { get; init; }

    /// <summary>How many files and links the tree has; directories do not count.</summary>
    public required int FileCount { get; init; }

    /// <summary>
    /// The hash of the unpacked tree as Nix computes it: <c>sha256-</c> and the base 64 of the SHA-256 of its NAR
    /// (<c>nix hash path</c>).
    /// </summary>
    public required TreeHash TreeHash { get; init; }

    /// <summary>
    /// Where in the tree the flake.nix or configuration.nix lies: names between single slashes, none of them <c>.</c> or <c>..</c>. The
    /// rest of the tree is shared with it.
    /// </summary>
    /// <value>Default: null, which is the top of the tree.</value>
    public string? Subdirectory { get; init; }
}
