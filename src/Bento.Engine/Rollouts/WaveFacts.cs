namespace Bento.Rollouts;

/// <summary>What the rule knows of a wave.</summary>
internal sealed record WaveFacts
{
    /// <summary>Its index; 0 is the wave of the hosts that wait for none, and holds nothing up.</summary>
    public required int Index { get; init; }

    /// <summary>How many of its hosts are neither published nor settled otherwise.</summary>
    public int Queued { get; init; }

    /// <summary>How many of its hosts have time left.</summary>
    public int Waiting { get; init; }

    /// <summary>Until when, at the latest.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Whether its publication began.</summary>
    public bool IsBegun { get; init; }

    /// <summary>When no host of it was waited for any more. It waits for none again after that.</summary>
    public DateTimeOffset? Settled { get; init; }

    /// <summary>Whether it still needs somebody to approve it.</summary>
    public bool NeedsApproval { get; init; }
}
