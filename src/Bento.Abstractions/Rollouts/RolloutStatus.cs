namespace Bento.Rollouts;

/// <summary>How a rollout stands.</summary>
/// <param name="Id">Which one; unique in the fleet.</param>
/// <param name="Phase">What it does now.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutStatus(string Id, RolloutPhase Phase)
{
    /// <summary>Why, as one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When that ends by itself at the latest; null when it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Who began it: user and machine.</summary>
    public required string By { get; init; }

    /// <summary>How many hosts may fail before it stops.</summary>
    public int Budget { get; init; }

    /// <summary>All hosts together. Those that wait for no wave are not counted.</summary>
    public RolloutCounts Counts { get; init; } = new();

    /// <summary>The wave whose hosts are published or waited for, counted from 1; 0 before the first.</summary>
    public int Wave { get; init; }

    /// <summary>The waves in order; hosts that wait for none are a wave 0 before them.</summary>
    public IReadOnlyList<RolloutWaveStatus> Waves { get; init => field = ValueList.Of(value); } = ValueList<RolloutWaveStatus>.Empty;

    /// <summary>The hosts, by wave and name.</summary>
    public IReadOnlyList<RolloutHost> Hosts { get; init => field = ValueList.Of(value); } = ValueList<RolloutHost>.Empty;

    /// <summary>
    /// What an operator said; null for nothing. It stands beside a stop of the rollout itself, and neither replaces the other.
    /// </summary>
    public RolloutHold? Hold { get; init; }
}
