using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>A closure with all that goes into an area for it.</summary>
internal sealed record ShippedClosure
{
    /// <summary>What the release says.</summary>
    public required ReleaseClosure Closure { get; init; }

    /// <summary>The bytes of its manifest.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>What they say.</summary>
    public required ClosureManifest Manifest { get; init; }
}
