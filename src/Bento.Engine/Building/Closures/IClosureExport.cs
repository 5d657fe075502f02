namespace Bento.Building.Closures;

/// <summary>Takes closures out of the store of this machine.</summary>
internal interface IClosureExport
{
    /// <summary>Compresses all that systems need into a cache, but for what it has.</summary>
    /// <param name="systems">The systems; all of them are in the store.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why that failed, as one sentence; null when it did not.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<string?> ExportAsync(IReadOnlyCollection<StorePath> systems, BinaryCache cache, CancellationToken cancellationToken);
}
