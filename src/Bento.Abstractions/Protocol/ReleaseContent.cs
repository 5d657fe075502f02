namespace Bento.Protocol;

/// <summary>What identifies the configuration tree of a release.</summary>
/// <param name="Archive">The hash of the archive, which names it in the area.</param>
/// <param name="ArchiveBytes">The size of the archive in bytes.</param>
/// <param name="FileCount">How many files and links the tree has; directories do not count.</param>
/// <param name="TreeHash">The hash of the unpacked tree as Nix computes it: <c>sha256-</c> and the base 64 of the SHA-256 of its NAR
/// (<c>nix hash path</c>).</param>
/// <remarks>Immutable. Two archives with the same tree hash describe the same systems.</remarks>
public sealed record ReleaseContent(ContentHash Archive, long ArchiveBytes, int FileCount, string TreeHash);
