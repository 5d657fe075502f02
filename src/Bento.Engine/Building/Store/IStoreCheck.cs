namespace Bento.Building.Store;

/// <summary>What a builder can do beside its contract whose store may have been damaged.</summary>
internal interface IStoreCheck
{
    /// <summary>
    /// Reads what was written to the store since a time, sources and copies of paths as well as what was built, and removes what is not
    /// what it should be,
    /// with all that needs it: the next evaluation and build make it anew.
    /// </summary>
    /// <param name="directory">The store.</param>
    /// <param name="since">When writing began; null to read all of it.</param>
    /// <param name="inUse">What must stay, with all that it needs: systems that run or boot.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<StoreCheckResult> CheckStoreAsync(
        string directory, DateTimeOffset? since, IReadOnlyCollection<StorePath> inUse, CancellationToken cancellationToken);
}
