using Bento.Processes;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>A status store of somebody else: what it throws is that a record could not be read or written.</summary>
internal sealed class GuardedStore(IStatusStore inner) : IStatusStore
{
    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync(null, () => inner.ListAsync(cancellationToken), cancellationToken);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) =>
        AskAsync(host, () => inner.ReadAsync(host, cancellationToken), cancellationToken);

    public Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
        IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken) =>
        AskAsync(null, () => inner.ReadManyAsync(hosts, cancellationToken), cancellationToken);

    public Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken) =>
        AskAsync(null, () => inner.LockAsync(holder, cancellationToken), cancellationToken);

    /// <summary>Who is not told looks at its interval.</summary>
    public IDisposable? Listen(Action changed)
    {
        try
        {
            return inner.Listen(changed);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
        AskAsync(host, () => inner.UpdateAsync(host, change, cancellationToken), cancellationToken);

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) =>
        AskAsync(host, () => inner.ReadLogAsync(host, number, attempt, cancellationToken), cancellationToken);

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) =>
        ForeignPart.AskAsync(
            inner,
            () => inner.WriteLogAsync(host, number, attempt, gzip, cancellationToken),
            (reason, exception) => new StatusStoreException(reason, exception) { Host = host },
            cancellationToken);

    private Task<T> AskAsync<T>(HostName? host, Func<Task<T>> call, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner, call, (reason, exception) => throw new StatusStoreException(reason, exception) { Host = host }, cancellationToken);
}
