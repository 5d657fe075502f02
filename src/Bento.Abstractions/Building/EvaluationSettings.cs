namespace Bento.Building;

/// <summary>How systems are evaluated.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EvaluationSettings
{
    /// <summary>
    /// A directory that gets links to the derivations, each a root of Nix's garbage collector, so that they are there until they are built;
    /// remove it then. Null keeps nothing alive.
    /// </summary>
    /// <value>Default: null.</value>
    public string? RootsDirectory { get; init; }
}
