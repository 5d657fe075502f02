using System.Net.Sockets;
using Bento.Publishing;
using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Testing.Tests.Transport;

/// <summary>Transports that are broken, each in one way that people write by accident.</summary>
internal static class Mutants
{
    /// <summary>Writes into the file itself, as the bytes come.</summary>
    public sealed class InPlace(InMemoryTransport inner) : ForwardingTransport(inner)
    {
        protected override async Task WriteAsync(IArea area, string path, Stream content, CancellationToken cancellationToken)
        {
            var sofar = new MemoryStream();
            var buffer = new byte[100_000];
            do
            {
                await area.WriteAsync(path, new MemoryStream(sofar.ToArray()), cancellationToken);
                var count = await content.ReadAsync(buffer, cancellationToken);
                if (count == 0)
                {
                    return;
                }

                sofar.Write(buffer, 0, count);
            }
            while (true);
        }
    }

    /// <summary>Takes all bytes first, and then empties the file before it fills it.</summary>
    public sealed class InTwoSteps(InMemoryTransport inner) : ForwardingTransport(inner)
    {
        protected override async Task WriteAsync(IArea area, string path, Stream content, CancellationToken cancellationToken)
        {
            var whole = new MemoryStream();
            await content.CopyToAsync(whole, cancellationToken);
            await area.WriteAsync(path, Stream.Null, cancellationToken);
            await Task.Yield();
            await area.WriteAsync(path, new MemoryStream(whole.ToArray()), cancellationToken);
        }
    }

    /// <summary>Does not look at the token of a write once it began.</summary>
    public sealed class Deaf(InMemoryTransport inner) : ForwardingTransport(inner)
    {
        protected override Task WriteAsync(IArea area, string path, Stream content, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return area.WriteAsync(path, content, CancellationToken.None);
        }
    }

    /// <summary>Lets out what its client throws.</summary>
    public sealed class Leaky(InMemoryTransport inner) : ForwardingTransport(inner)
    {
        public override async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await base.ConnectAsync(cancellationToken);
            }
            catch (TransportException exception)
            {
                throw new SocketException((int)SocketError.ConnectionRefused, exception.Message);
            }
        }
    }

    /// <summary>Frees the lock whenever somebody disposes one, also a second time.</summary>
    public sealed class DoubleFree(InMemoryTransport inner) : ForwardingTransport(inner)
    {
        private string? _holder;

        protected override Task<IAsyncDisposable> LockAsync(ITransportSession session, string holder, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Interlocked.CompareExchange(ref _holder, holder, null) is { } other)
            {
                throw new PublishLockedException(other);
            }

            return Task.FromResult<IAsyncDisposable>(new Held(this));
        }

        private sealed class Held(DoubleFree transport) : IAsyncDisposable
        {
            public ValueTask DisposeAsync()
            {
                transport._holder = null;
                return ValueTask.CompletedTask;
            }
        }
    }
}
