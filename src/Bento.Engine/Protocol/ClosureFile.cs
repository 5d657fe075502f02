namespace Bento.Protocol;

/// <summary>A compressed NAR: a file of its own in <c>store/</c>, or a part of a bundle.</summary>
internal sealed record ClosureFile
{
    public required ContentHash Hash { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The bundle that it is a part of, as its place in the manifest; null for a file of its own.</summary>
    public int? Bundle { get; init; }

    /// <summary>Where in the bundle it begins.</summary>
    public long Offset { get; init; }
}
