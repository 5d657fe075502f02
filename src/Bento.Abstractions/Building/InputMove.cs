namespace Bento.Building;

/// <summary>An input of a flake that an update moved.</summary>
/// <remarks>Immutable.</remarks>
public sealed record InputMove
{
    /// <summary>Its name; of an input of an input, both with a slash: <c>home-manager/nixpkgs</c>.</summary>
    public required string Input { get; init; }

    /// <summary>What it was locked to; null when it was not.</summary>
    public required FlakeRevision? From { get; init; }

    /// <summary>What it is locked to now; null when the flake has it no longer.</summary>
    public required FlakeRevision? To { get; init; }
}
