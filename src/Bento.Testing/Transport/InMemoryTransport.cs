using System.Collections.Concurrent;
using Bento.Transport;

namespace Bento.Testing.Transport;

/// <summary>A server in memory that can be made to fail in every way a real one does. Passes <see cref="TransportContract"/>.</summary>
public sealed class InMemoryTransport : ITransport
{
    private readonly ConcurrentQueue<InMemoryCall> _calls = new();

    /// <summary>Every call fails like this, from the connection on; null to work again.</summary>
    public TransportFailure? Failure { get; set; }

    /// <summary>Every call waits for its token, as behind a peer that stopped answering.</summary>
    public bool Hangs { get; set; }

    /// <summary>The disk is full when all files together are longer.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>Looks at each call before it happens, and may throw or wait instead.</summary>
    public Func<InMemoryCall, CancellationToken, Task>? BeforeCall { get; set; }

    /// <summary>Changes what readers get: the bytes of a path.</summary>
    public Func<string, byte[], byte[]>? Corrupt { get; set; }

    /// <summary>All calls so far, in order.</summary>
    public IReadOnlyList<InMemoryCall> Calls => [.. _calls];

    /// <summary>
    /// What lies on the server, past the transport. Several transports may reach one server, each over a network of its own.
    /// </summary>
    public InMemoryServer Server { get; init; } = new();

    /// <inheritdoc/>
    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken = default)
    {
        await EnterAsync(new InMemoryCall("connect", default, string.Empty), cancellationToken);
        return new InMemorySession(this);
    }

    internal async Task EnterAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _calls.Enqueue(call);
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        if (Failure is { } failure)
        {
            throw Failed(failure, $"The server in memory fails at '{call.Operation} {call.Path}'.", call.Host);
        }

        await (BeforeCall?.Invoke(call, cancellationToken) ?? Task.CompletedTask);
    }

    internal static TransportException Failed(TransportFailure failure, string message, HostName host) =>
        new(failure, message) { Host = host == default ? null : host };
}
