namespace Bento.Protocol;

/// <summary>
/// What makes a store path of one that its host may have from the release before: a frame of zstd whose dictionary is the Nix archive of
/// that one. Only a shorter way: the file of the path is there too.
/// </summary>
internal sealed record ClosurePatch
{
    /// <summary>The path that it begins with; it is not in the closure.</summary>
    public required StorePath From { get; init; }

    /// <summary>The size of its Nix archive: whoever applies the patch has that in memory, and the result.</summary>
    public required long FromBytes { get; init; }

    /// <summary>Its content.</summary>
    public required ClosureFile File { get; init; }
}
