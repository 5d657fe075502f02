using System.Collections.Concurrent;

namespace Bento.Building.Store;

/// <summary>
/// Compares systems that are in the store of this machine. A closure is read once, however many hosts run it. Thread-safe; for one
/// operation.
/// </summary>
internal sealed class SystemDifferences(ISystemBuilder builder)
{
    private readonly ConcurrentDictionary<StorePath, Lazy<Task<SystemClosure?>>> _closures = new();

    /// <returns>What differs; null when one of the systems is not in the store of this machine, or there is none.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<ClosureDifference?> BetweenAsync(StorePath? before, StorePath? after, CancellationToken cancellationToken) =>
        before is { } old && after is { } current
            && await ReadAsync(old, cancellationToken).ConfigureAwait(false) is { } oldClosure
            && await ReadAsync(current, cancellationToken).ConfigureAwait(false) is { } currentClosure
            ? ClosureDifference.Between(oldClosure, currentClosure)
            : null;

    /// <exception cref="NixException">Nix could not be used.</exception>
    public Task<SystemClosure?> ReadAsync(StorePath system, CancellationToken cancellationToken) => _closures.GetOrAdd(
        system,
        path => new Lazy<Task<SystemClosure?>>(() => builder.ReadClosureAsync(path, cancellationToken))).Value;
}
