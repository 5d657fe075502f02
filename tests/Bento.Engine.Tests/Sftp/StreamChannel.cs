using System.Net.Sockets;
using Bento.Sftp.Wire;

namespace Bento.Engine.Tests.Sftp;

/// <summary>A channel without SSH below it.</summary>
internal sealed class StreamChannel(TcpClient client) : IByteChannel, IAsyncDisposable
{
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await client.GetStream().WriteAsync(bytes, cancellationToken);

    public void Listen(Action<ReadOnlyMemory<byte>> onReceived, Action<Exception> onClosed) => _ = Task.Run(async () =>
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                onReceived(buffer.AsMemory(0, count));
            }

            onClosed(new IOException("It ended the session."));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            onClosed(exception);
        }
    });

    public void Dispose() => client.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
