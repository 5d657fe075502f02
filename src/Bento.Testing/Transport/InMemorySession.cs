using Bento.Publishing;
using Bento.Transport;

namespace Bento.Testing.Transport;

internal sealed class InMemorySession(InMemoryTransport transport) : ITransportSession
{
    public IArea OpenArea(HostName host) => new InMemoryArea(transport, host);

    public async Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken)
    {
        await transport.EnterAsync(new InMemoryCall("areas", default, string.Empty), cancellationToken);
        return [.. transport.Server.Areas.Keys.Order()];
    }

    public async Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken)
    {
        await transport.EnterAsync(new InMemoryCall("lock", default, holder), cancellationToken);
        lock (transport.Server.Gate)
        {
            if (transport.Server.LockHolder is { } other)
            {
                throw new PublishLockedException(other);
            }

            transport.Server.LockHolder = holder;
            return new Held(transport.Server);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Held(InMemoryServer server) : IAsyncDisposable
    {
        private bool _isFreed;

        public ValueTask DisposeAsync()
        {
            lock (server.Gate)
            {
                server.LockHolder = _isFreed ? server.LockHolder : null;
                _isFreed = true;
            }

            return ValueTask.CompletedTask;
        }
    }
}
