namespace Bento.Protocol;

/// <summary>A store path of a closure.</summary>
internal sealed record ClosurePath
{
    public required StorePath Path { get; init; }

    /// <summary>What Nix checks when it unpacks the path.</summary>
    public required TreeHash NarHash { get; init; }

    public required long NarBytes { get; init; }

    /// <summary>What it needs, as places in the manifest, in ascending order: itself and what stands before it, and nothing else.</summary>
    public required IReadOnlyList<int> References { get; init; }

    /// <summary>Its content.</summary>
    public required ClosureFile File { get; init; }

    /// <summary>Its content when it is not compressed.</summary>
    public ClosureFile PlainFile => new()
    {
        Hash = ContentHash.FromBytes(Convert.FromBase64String(NarHash.ToString()["sha256-".Length..])),
        Bytes = NarBytes,
    };

    /// <summary>A shorter way to it; null when only the whole file leads there.</summary>
    public ClosurePatch? Patch { get; init; }
}
