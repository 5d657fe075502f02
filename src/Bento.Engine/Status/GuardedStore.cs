using Bento.Processes;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>A status store of somebody else: what it throws is that a record could not be read or written.</summary>
internal sealed class GuardedStore(IStatusStore inner) : IStatusStore
{
    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<HostName>>(
            null, async () => [.. await inner.ListAsync(cancellationToken).ConfigureAwait(false)], cancellationToken);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) =>
        AskAsync(
            host,
            async () => ForeignPart.Given(await inner.ReadAsync(host, cancellationToken).ConfigureAwait(false), "record"),
            cancellationToken);

    public Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
        IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyDictionary<HostName, HostRecord>>(
            null,
            async () => (await inner.ReadManyAsync(hosts, cancellationToken).ConfigureAwait(false)).ToDictionary(),
            cancellationToken);

    public Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken) =>
        AskAsync<IAsyncDisposable?>(
            null,
            async () => await inner.LockAsync(holder, cancellationToken).ConfigureAwait(false) is { } held ? new Held(held) : null,
            cancellationToken);

    /// <summary>Who is not told looks at its interval.</summary>
    public IDisposable? Listen(Action changed)
    {
        try
        {
            return GuardedListening.Around(inner.Listen(changed));
        }
        catch (Exception)
        {
            return null;
        }
    }

    public Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
        AskAsync(
            host,
            async () => ForeignPart.Given(await inner.UpdateAsync(host, change, cancellationToken).ConfigureAwait(false), "record"),
            cancellationToken);

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

    /// <summary>What was done under a lock has been done, whatever letting go of it says.</summary>
    private sealed class Held(IAsyncDisposable inner) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The next publisher is told who still holds it.
            }
        }
    }
}
