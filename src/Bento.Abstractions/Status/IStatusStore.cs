using Bento.Protocol;

namespace Bento.Status;

/// <summary>The server's own record of releases and accepted reports. What a host later deletes or rewrites does not change it.</summary>
/// <remarks>Safe for concurrent calls about different hosts; calls about one host are serialised by the implementation.</remarks>
public interface IStatusStore
{
    /// <summary>Lists the hosts that have a record.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their names in ordinal order.</returns>
    Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the record of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record; an empty one when there is none.</returns>
    /// <exception cref="StatusStoreException">The record cannot be read.</exception>
    Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken = default);

    /// <summary>Reads the records of many hosts in one question, where that is faster than one question for each.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The records that were read so, an empty one for a host that has none. Whoever is missing is read alone. Without an
    /// implementation of its own: none.</returns>
    /// <exception cref="StatusStoreException">The store cannot be read at all.</exception>
    Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
        IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<HostName, HostRecord>>(new Dictionary<HostName, HostRecord>());

    /// <summary>Changes the record of a host in one step.</summary>
    /// <param name="host">The host.</param>
    /// <param name="change">Takes the record as it is and gives the new one, or the same object to change nothing. May be called
    /// again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record as it is now, durable.</returns>
    /// <exception cref="StatusStoreException">The record cannot be read or written.</exception>
    Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken = default);

    /// <summary>Reads the log of an attempt.</summary>
    /// <param name="host">The host.</param>
    /// <param name="number">The number of the release.</param>
    /// <param name="attempt">Which try at it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The gzip that was written; null when there is none.</returns>
    /// <exception cref="StatusStoreException">The log cannot be read.</exception>
    Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the log of an attempt for as long as the record has the attempt. Written before the record says that it is kept.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="number">The number of the release.</param>
    /// <param name="attempt">Which try at it.</param>
    /// <param name="gzip">The log, verified.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the log is durable.</returns>
    /// <exception cref="StatusStoreException">The log cannot be written.</exception>
    Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken = default);

    /// <summary>
    /// Excludes every other publisher who shares this store until the result is disposed or this process dies; beside the lock of the
    /// server that holds the areas, which is taken after it.
    /// </summary>
    /// <param name="holder">Who asks, for whoever is turned away: user, machine, process and time. One line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; dispose it. Null where the store excludes nobody, as it is without an implementation of its own.</returns>
    /// <exception cref="Publishing.PublishLockedException">Somebody else has it.</exception>
    /// <exception cref="StatusStoreException">The store cannot be used.</exception>
    Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken = default) =>
        Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>
    /// Tells as soon as a record may have changed, here or on another machine, so that a watch need not wait for its next look.
    /// </summary>
    /// <param name="changed">Called on any thread, also without a reason; must return at once.</param>
    /// <returns>Ends it; dispose it. Null where the store tells nobody, as it is without an implementation of its own.</returns>
    IDisposable? Listen(Action changed) => null;
}
