namespace Bento.Status;

/// <summary>What one look at the fleet found, for everybody whose hosts are among those that it was about.</summary>
/// <param name="Known">All hosts there are, selected or not.</param>
/// <param name="Statuses">The hosts that were looked at, in ordinal order.</param>
/// <param name="IsInterrupted">Whether the connection failed at one of them: it is not used again.</param>
internal sealed record FleetView(IReadOnlyList<HostName> Known, IReadOnlyList<HostStatus> Statuses, bool IsInterrupted);
