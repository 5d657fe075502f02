namespace Bento.Building;

/// <summary>Why Nix could not evaluate or build a system.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Message">What Nix said, free of control characters; may have several lines.</param>
/// <remarks>Immutable.</remarks>
public sealed record BuildFailure(BuildFailureKind Kind, string Message)
{
    /// <summary>The last lines of the log of the derivation that failed, oldest first; empty when none ran.</summary>
    public IReadOnlyList<string> LogTail { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>The failure as results carry it.</summary>
    /// <param name="message">What to say; null for <see cref="Message"/>.</param>
    /// <returns>The failure: evaluations that miss a lock are of <see cref="FailureKind.Evaluation"/>.</returns>
    public Failure ToFailure(string? message = null) => new(
        Kind switch
        {
            BuildFailureKind.Evaluation or BuildFailureKind.Unlocked => FailureKind.Evaluation,
            BuildFailureKind.Build or BuildFailureKind.Timeout => FailureKind.Build,
            BuildFailureKind.Network => FailureKind.Unreachable,
            BuildFailureKind.Space => FailureKind.NoSpace,
            BuildFailureKind.Memory => FailureKind.NoMemory,
            BuildFailureKind.Damaged => FailureKind.Damaged,
            _ => FailureKind.Other,
        },
        message ?? Message)
    {
        IsTransient = IsTransient,
    };

    /// <summary>Whether the same build may succeed later without anyone changing anything.</summary>
    public bool IsTransient =>
        Kind is BuildFailureKind.Network or BuildFailureKind.Space or BuildFailureKind.Damaged or BuildFailureKind.Memory;
}
