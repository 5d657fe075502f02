using Bento.Protocol;

namespace Bento.Status;

/// <summary>A release that became current.</summary>
/// <param name="Release">The release.</param>
/// <param name="At">When, by the publisher's clock.</param>
/// <param name="By">Who published: user and machine.</param>
/// <remarks>Immutable.</remarks>
public sealed record PublishedRelease(Release Release, DateTimeOffset At, string By)
{
    /// <summary>The fingerprints of the keys that had signed it when it became current.</summary>
    /// <value>Default: none, also where it is not known: a release that was found in an area, or published before this was
    /// recorded.</value>
    public IReadOnlyList<string> SignedBy { get; init; } = [];
}
