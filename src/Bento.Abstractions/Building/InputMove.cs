namespace Bento.Building;

/// <summary>An input of a flake that an update moved.</summary>
/// <param name="Input">Its name; of an input of an input, both with a slash: <c>home-manager/nixpkgs</c>.</param>
/// <param name="From">What it was locked to; null when it was not.</param>
/// <param name="To">What it is locked to now; null when the flake has it no longer.</param>
/// <remarks>Immutable.</remarks>
public sealed record InputMove(string Input, FlakeRevision? From, FlakeRevision? To);
