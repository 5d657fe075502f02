namespace Bento.Rollouts;

/// <summary>A rollout as it is kept on disk: what was planned, what was published, and what was seen of it.</summary>
internal sealed record RolloutState
{
    /// <summary>Which one.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>How patient it is.</summary>
    public required RolloutLimits Limits { get; init; }

    /// <summary>The waves in order. The first is the wave 0, of the hosts that wait for none.</summary>
    public required IReadOnlyList<WaveEntry> Waves { get; init; }

    /// <summary>The hosts, by wave and name.</summary>
    public required IReadOnlyList<RolloutMember> Hosts { get; init; }

    /// <summary>That it stopped itself; null when it did not, or somebody let it go on.</summary>
    public RolloutStop? Stopped { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public RolloutPhase? Ended { get; init; }
}
