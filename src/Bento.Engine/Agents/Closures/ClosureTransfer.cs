using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>One piece that is fetched at once: a file of its own, or neighbours in a bundle.</summary>
internal sealed record ClosureTransfer
{
    /// <summary>The file in the area.</summary>
    public required string Path { get; init; }

    /// <summary>What is wanted of it, in its order.</summary>
    public required IReadOnlyList<ClosureFile> Files { get; init; }

    /// <summary>Where the piece begins.</summary>
    public long Offset => Files[0].Offset;

    /// <summary>How long it is, with what lies between and is not wanted.</summary>
    public long Bytes => Files[^1].Offset + Files[^1].Bytes - Offset;
}
