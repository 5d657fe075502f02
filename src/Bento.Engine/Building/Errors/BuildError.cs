namespace Bento.Building.Errors;

/// <summary>An error that Nix reported while it built.</summary>
/// <param name="Message">What Nix says itself, on as few lines as it needs.</param>
/// <param name="LogTail">The lines of the builder's log that Nix put into its message; empty where it prints them as they come.</param>
/// <param name="Culprit">The derivation that failed by itself; null when the message names none.</param>
/// <param name="Output">The name of the store path that the message is about, where it names no derivation; null for none.</param>
internal sealed record BuildError(string Message, IReadOnlyList<string> LogTail, StorePath? Culprit, string? Output)
{
    /// <summary>The derivation that probably failed, where the message names none; null when none comes into question.</summary>
    public StorePath? Suspect { get; init; }
}
