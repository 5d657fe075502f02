namespace Bento.Rollouts;

/// <summary>What the rule knows of a rollout.</summary>
internal sealed record RolloutFacts
{
    /// <summary>The waves in order, beginning with the wave 0.</summary>
    public required IReadOnlyList<WaveFacts> Waves { get; init; }

    /// <summary>How many hosts failed or did not answer in their time, but for those that are forgiven.</summary>
    public int Failures { get; init; }

    /// <summary>How many may.</summary>
    public int Budget { get; init; }

    /// <summary>How long a wave runs before the next one.</summary>
    public TimeSpan Soak { get; init; }

    /// <summary>Whether it stopped itself before.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether an operator paused it.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether an operator ended it.</summary>
    public bool IsAborted { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public RolloutPhase? Ended { get; init; }
}
