namespace Bento.Building.Closures;

/// <summary>Brings closures into the store of this machine.</summary>
internal interface IClosureImport
{
    /// <summary>Finds what the store does not have.</summary>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<IReadOnlySet<StorePath>> FindMissingAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken);

    /// <summary>Takes paths from the substituters that Nix is configured with, where they have them and the signature is trusted.</summary>
    /// <param name="paths">The paths. Those that no substituter has stay missing; that is no failure.</param>
    /// <param name="cancellationToken">Stops it; what was copied stays.</param>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task SubstituteAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken);

    /// <summary>Has paths realised from a cache alone. Nothing is built, and nothing keeps them from the garbage collector.</summary>
    /// <param name="paths">The paths; what they need is in the store or in the cache.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="cancellationToken">Stops it; what was copied stays.</param>
    /// <returns>Why that failed; null when it did not.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<BuildFailure?> ImportAsync(IReadOnlyCollection<StorePath> paths, BinaryCache cache, CancellationToken cancellationToken);

    /// <summary>Has a system realised from a cache alone, and keeps it from the garbage collector. Nothing is built.</summary>
    /// <param name="system">The system.</param>
    /// <param name="cache">The cache; it has what the store lacks.</param>
    /// <param name="root">The link that keeps it.</param>
    /// <param name="cancellationToken">Stops it; what was copied stays.</param>
    /// <returns>Why that failed; null when it did not.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<BuildFailure?> ImportAsync(StorePath system, BinaryCache cache, string root, CancellationToken cancellationToken);
}
