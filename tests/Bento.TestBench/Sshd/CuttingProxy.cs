using System.Net;
using System.Net.Sockets;

namespace Bento.TestBench.Sshd;

/// <summary>A way to a server on which every connection ends after a number of bytes from the server.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _accepting;
    private int _cuts;
    private long _sent;

    public CuttingProxy(int port)
    {
        _listener.Start();
        _accepting = AcceptAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>After how many bytes.</summary>
    public long Bytes { get; set; } = long.MaxValue;

    /// <summary>How many connections were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>How many bytes the server has sent over all connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token), port, Bytes));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, int port, long bytes)
    {
        using var taken = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, port, _over.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _over.Token), CopyAsync(server.GetStream(), client.GetStream(), bytes));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // Either side is gone.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, long bytes)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), _over.Token) is var count and > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _over.Token);
            _ = Interlocked.Add(ref _sent, count);
            if ((bytes -= count) <= 0)
            {
                _ = Interlocked.Increment(ref _cuts);
                return;
            }
        }
    }
}
