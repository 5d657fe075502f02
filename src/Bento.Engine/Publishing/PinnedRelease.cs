using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>A release that is kept to be published later.</summary>
/// <param name="Planned">The host that it was planned for.</param>
/// <param name="Replaces">The release that it takes the place of; null for none.</param>
internal sealed record PinnedRelease(PlannedHost Planned, ReleaseId? Replaces)
{
    public HostName Host => Planned.Name;
}
