using Bento.Publishing;

namespace Bento.Status;

/// <summary>A release that became current.</summary>
/// <param name="Release">The release.</param>
/// <param name="At">When, by the publisher's clock.</param>
/// <param name="By">Who published: user and machine.</param>
/// <remarks>Immutable.</remarks>
public sealed record PublishedRelease(Release Release, DateTimeOffset At, string By);
