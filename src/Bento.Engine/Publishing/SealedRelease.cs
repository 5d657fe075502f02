using Bento.Protocol;
using Bento.Publishing.Closures;

namespace Bento.Publishing;

/// <summary>A release with all that goes into an area for it.</summary>
internal sealed record SealedRelease
{
    /// <summary>What it says.</summary>
    public required Release Release { get; init; }

    /// <summary>The bytes of <c>release.json</c>.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Its content.</summary>
    public required ShippedTree Tree { get; init; }

    /// <summary>Its closure; null for a host that builds its system.</summary>
    public ShippedClosure? Closure { get; init; }

    /// <summary>Its encrypted secrets; empty for none.</summary>
    public required byte[] Secrets { get; init; }
}
