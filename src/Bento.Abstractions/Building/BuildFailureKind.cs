namespace Bento.Building;

/// <summary>The class of a failed evaluation or build.</summary>
public enum BuildFailureKind
{
    /// <summary>The configuration does not evaluate.</summary>
    Evaluation,

    /// <summary>The flake has inputs that its <c>flake.lock</c> does not hold, or has no lock file at all.</summary>
    Unlocked,

    /// <summary>A builder failed.</summary>
    Build,

    /// <summary>A source or a cache could not be reached.</summary>
    Network,

    /// <summary>The store or the build directory is full.</summary>
    Space,

    /// <summary>A builder ran longer, or was silent longer, than allowed.</summary>
    Timeout,

    /// <summary>What Nix had written before was damaged on the disk; it was removed, and evaluating again makes it anew.</summary>
    Damaged,

    /// <summary>Nix was killed, or got no more memory, while it evaluated.</summary>
    Memory,
}
