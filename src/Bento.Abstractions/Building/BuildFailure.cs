namespace Bento.Building;

/// <summary>Why Nix could not evaluate or build a system.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Message">What Nix said, free of control characters; may have several lines.</param>
/// <param name="LogTail">The last lines of the log of the derivation that failed, oldest first; empty when none ran.</param>
/// <remarks>Immutable.</remarks>
public sealed record BuildFailure(BuildFailureKind Kind, string Message, IReadOnlyList<string> LogTail)
{
    /// <summary>Creates a failure without a log.</summary>
    /// <param name="kind">The class of the failure.</param>
    /// <param name="message">What Nix said.</param>
    public BuildFailure(BuildFailureKind kind, string message)
        : this(kind, message, [])
    {
    }

    /// <summary>Whether the same build may succeed later without anyone changing anything.</summary>
    public bool IsTransient =>
        Kind is BuildFailureKind.Network or BuildFailureKind.Space or BuildFailureKind.Damaged or BuildFailureKind.Memory;
}
