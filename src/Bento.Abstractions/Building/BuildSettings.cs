namespace Bento.Building;

/// <summary>How systems are built.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BuildSettings
{
    /// <summary>A directory that gets one link an attribute to the built system, each a root of Nix's garbage collector; null keeps nothing alive.</summary>
    /// <value>Default: null.</value>
    public string? RootsDirectory { get; init; }
}
