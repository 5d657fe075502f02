namespace Bento.Sftp.Wire;

/// <summary>A way to a peer that carries bytes in both directions, in order.</summary>
internal interface IByteChannel : IDisposable
{
    /// <summary>Sends bytes, once the peer has room for them. One call at a time.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Begins to listen. Both callbacks come one at a time, from a thread that must not be held up.</summary>
    /// <param name="onReceived">Gets what arrives; the memory is only lent.</param>
    /// <param name="onClosed">Gets why nothing arrives any more, once.</param>
    void Listen(Action<ReadOnlyMemory<byte>> onReceived, Action<Exception> onClosed);
}
