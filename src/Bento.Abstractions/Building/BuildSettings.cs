namespace Bento.Building;

/// <summary>How systems are built.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BuildSettings
{
    /// <summary>
    /// A directory that gets one link an attribute to the built system, each a root of Nix's garbage collector; null keeps nothing alive.
    /// </summary>
    /// <value>Default: null.</value>
    public string? RootsDirectory { get; init; }

    /// <summary>
    /// Whether everything that the systems need is read again and compared with its hash, and what is damaged is built or fetched anew:
    /// after a power cut Nix may take files for valid that never reached the disk. Derivations that are damaged are removed, and the result
    /// is <see cref="BuildFailureKind.Damaged"/>:
    /// evaluate again, and build again. Takes as long as reading all of it.
    /// </summary>
    /// <value>Default: false.</value>
    public bool Repair { get; init; }
}
