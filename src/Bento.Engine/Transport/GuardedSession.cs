namespace Bento.Transport;

/// <summary>A session of a transport of somebody else.</summary>
internal sealed class GuardedSession(ITransportSession inner) : ITransportSession
{
    public IArea OpenArea(HostName host) => new GuardedArea(inner, new Lazy<IArea>(() => inner.OpenArea(host)));

    public Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken) =>
        TransportCall.AskAsync<IReadOnlyList<HostName>>(
            inner, async () => [.. await inner.ListAreasAsync(cancellationToken).ConfigureAwait(false)], cancellationToken);

    public Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken) => TransportCall.AskAsync<IAsyncDisposable>(
        inner,
        async () => new Held(await inner.LockAsync(holder, cancellationToken).ConfigureAwait(false)),
        cancellationToken);

    public ValueTask DisposeAsync() => TransportCall.DisposeAsync(inner);

    private sealed class Held(IAsyncDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => TransportCall.DisposeAsync(inner);
    }
}
