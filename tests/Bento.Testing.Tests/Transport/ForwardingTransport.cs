using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Testing.Tests.Transport;

/// <summary>A transport in memory. Each mutant breaks one thing of it.</summary>
internal class ForwardingTransport(InMemoryTransport inner) : ITransport
{
    private readonly InMemoryTransport _inner = inner;

    public virtual async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) =>
        new Session(this, await _inner.ConnectAsync(cancellationToken));

    protected virtual Task WriteAsync(IArea area, string path, Stream content, CancellationToken cancellationToken) =>
        area.WriteAsync(path, content, cancellationToken);

    protected virtual Task<IAsyncDisposable> LockAsync(ITransportSession session, string holder, CancellationToken cancellationToken) =>
        session.LockAsync(holder, cancellationToken);

    private sealed class Session(ForwardingTransport transport, ITransportSession inner) : ITransportSession
    {
        public IArea OpenArea(HostName host) => new Area(transport, inner.OpenArea(host));

        public Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken) =>
            inner.ListAreasAsync(cancellationToken);

        public Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken) =>
            transport.LockAsync(inner, holder, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Area(ForwardingTransport transport, IArea inner) : IArea
    {
        public Task WriteAsync(string path, Stream content, CancellationToken cancellationToken) =>
            transport.WriteAsync(inner, path, content, cancellationToken);

        public Task EnsureAsync(CancellationToken cancellationToken) => inner.EnsureAsync(cancellationToken);

        public Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

        public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken) =>
            inner.ReadAsync(path, maxBytes, cancellationToken);

        public Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken) => inner.LookAsync(path, cancellationToken);

        public Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken) =>
            inner.CopyToAsync(path, destination, maxBytes, cancellationToken);

        public Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken) =>
            inner.EnsureDirectoryAsync(path, cancellationToken);

        public Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken) =>
            inner.RemoveDirectoryAsync(path, cancellationToken);

        public IAsyncEnumerable<AreaEntry> ListAsync(string path, CancellationToken cancellationToken) =>
            inner.ListAsync(path, cancellationToken);

        public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);
    }
}
