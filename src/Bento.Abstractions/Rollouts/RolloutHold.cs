namespace Bento.Rollouts;

/// <summary>The word of an operator that a rollout must not go on.</summary>
/// <param name="At">Since when.</param>
/// <param name="By">Who: user and machine.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutHold(DateTimeOffset At, string By)
{
    /// <summary>Why; null when nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is for good.</summary>
    public bool IsAbort { get; init; }
}
