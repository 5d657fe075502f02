namespace Bento.Rollouts;

/// <summary>A host that something is due for, before it has a wave.</summary>
/// <param name="Host">The host.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record RolloutCandidate(HostName Host, IReadOnlyList<string> Tags)
{
    /// <summary>Whether it waits for no wave: it is new to the fleet, or far behind.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>Whether it is away or paused.</summary>
    public bool IsAway { get; init; }
}
