namespace Bento.Rollouts;

/// <summary>What is known of a wave.</summary>
internal sealed record WaveEntry
{
    /// <summary>What was asked for; null for the hosts that wait for no wave, and for those that no wave took.</summary>
    public RolloutWave? Wave { get; init; }

    /// <summary>When its publication began.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When it was first seen that no host of it is waited for.</summary>
    public DateTimeOffset? Settled { get; init; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; init; }
}
