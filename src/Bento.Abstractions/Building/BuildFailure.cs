namespace Bento.Building;

/// <summary>Why Nix could not evaluate or build a system.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Message">What Nix said, free of control characters; may have several lines.</param>
/// <remarks>Immutable.</remarks>
public sealed record BuildFailure(BuildFailureKind Kind, string Message)
{
    /// <summary>The last lines of the log of the derivation that failed, oldest first; empty when none ran.</summary>
    public IReadOnlyList<string> LogTail { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Whether the same build may succeed later without anyone changing anything.</summary>
    public bool IsTransient =>
        Kind is BuildFailureKind.Network or BuildFailureKind.Space or BuildFailureKind.Damaged or BuildFailureKind.Memory;
}
