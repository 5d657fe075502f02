using Bento.Protocol;

namespace Bento.Status;

/// <summary>A release that became current.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PublishedRelease
{
    /// <summary>The release.</summary>
    public required Release Release { get; init; }

    /// <summary>When, by the publisher's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who published: user and machine.</summary>
    public required string By { get; init; }

    /// <summary>The fingerprints of the keys that had signed it when it became current.</summary>
    /// <value>Default: none, also where it is not known: a release that was found in an area, or published before this was
    /// recorded.</value>
    public IReadOnlyList<KeyFingerprint> SignedBy { get; init => field = ValueList.Of(value); } = ValueList<KeyFingerprint>.Empty;
}
