using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Hosting.Tests;

/// <summary>
/// A server in memory that counts who logs in, whose connections break, and that may be away. Each connection forgets its calls when it
/// ends.
/// </summary>
internal sealed class BreakableTransport : ITransport
{
    private int _generation;

    public InMemoryServer Server { get; } = new();

    public bool IsAway { get; set; }

    public int Logins { get; private set; }

    /// <summary>Connections that were not disposed.</summary>
    public int Open { get; private set; }

    public int Looks { get; private set; }

    /// <summary>Breaks every connection that there is.</summary>
    public void Break() => _generation++;

    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        Logins++;
        if (IsAway)
        {
            throw new TransportException(TransportFailure.Unreachable, "Nobody answers.");
        }

        Open++;
        return new Session(
            this, _generation, await new InMemoryTransport { Server = Server }.ConnectAsync(cancellationToken));
    }

    private sealed class Session(BreakableTransport transport, int generation, ITransportSession inner) : ITransportSession
    {
        public IArea OpenArea(HostName host) => inner.OpenArea(host);

        public Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken)
        {
            transport.Looks++;
            return transport.IsAway || generation != transport._generation
                ? throw new TransportException(TransportFailure.Unreachable, "The connection broke.")
                : inner.ListAreasAsync(cancellationToken);
        }

        public Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken) =>
            inner.LockAsync(holder, cancellationToken);

        public ValueTask DisposeAsync()
        {
            transport.Open--;
            return inner.DisposeAsync();
        }
    }
}
