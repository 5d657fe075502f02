namespace Bento.Building.Errors;

/// <summary>An error of Nix, or one step of the way to it.</summary>
/// <param name="Text">What it says; may have several lines.</param>
/// <param name="Position">Where; null when Nix does not say.</param>
internal sealed record TraceEntry(string Text, SourcePosition? Position = null);
