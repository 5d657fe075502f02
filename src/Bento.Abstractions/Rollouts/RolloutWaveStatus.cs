namespace Bento.Rollouts;

/// <summary>How a wave stands.</summary>
/// <param name="Wave">What was asked for; null for the last wave, which takes all others, and for hosts that wait for no wave.</param>
/// <param name="Hosts">How many hosts are how far.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutWaveStatus(RolloutWave? Wave, RolloutCounts Hosts)
{
    /// <summary>Counted from 1; 0 for the hosts that wait for no wave, because they are new or far behind.</summary>
    public int Number { get; init; }

    /// <summary>When its publication began; null before that.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When no host of it was waited for any more; null before that.</summary>
    public DateTimeOffset? Settled { get; init; }
}
