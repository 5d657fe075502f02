namespace Bento.Rollouts;

/// <summary>How many hosts of a wave, or of a rollout, are how far.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RolloutCounts
{
    /// <summary>All of them.</summary>
    public int Planned { get; init; }

    /// <summary>Those that got their release, whatever they made of it.</summary>
    public int Published { get; init; }

    /// <summary>Those that run it.</summary>
    public int Confirmed { get; init; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Those that did not answer in their time.</summary>
    public int TimedOut { get; init; }

    /// <summary>Those that still have time to answer, hosts that are away and waited for among them.</summary>
    public int Waiting { get; init; }

    /// <summary>Those that are away and catch up later; they are also in <see cref="Waiting"/> as long as they are waited for.</summary>
    public int Away { get; init; }
}
