using System.Net;
using System.Net.Sockets;

namespace Bento.TestBench.Sshd;

/// <summary>
/// A way to a server that becomes slow: what the server sends goes through at once up to a number of bytes, and then at a rate.
/// </summary>
public sealed class ThrottledProxy : IAsyncDisposable
{
    private const int TicksPerSecond = 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;

    public ThrottledProxy(int port, long freeBytes, int bytesPerSecond)
    {
        _listener.Start();
        _accepting = AcceptAsync(port, freeBytes, bytesPerSecond);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync(int port, long freeBytes, int bytesPerSecond)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token), port, freeBytes, bytesPerSecond));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, int port, long freeBytes, int bytesPerSecond)
    {
        using var taken = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, port, _over.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _over.Token),
                SlowlyAsync(server.GetStream(), client.GetStream(), freeBytes, bytesPerSecond));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // Either side is gone.
        }
    }

    private async Task SlowlyAsync(NetworkStream from, NetworkStream to, long freeBytes, int bytesPerSecond)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksPerSecond));
        var buffer = new byte[16 * 1024];
        for (long sent = 0; ;)
        {
            var isSlow = sent >= freeBytes;
            var count = await from.ReadAsync(buffer.AsMemory(0, isSlow ? bytesPerSecond / TicksPerSecond : buffer.Length), _over.Token);
            if (count == 0 || (isSlow && !await timer.WaitForNextTickAsync(_over.Token)))
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _over.Token);
            sent += count;
        }
    }
}
