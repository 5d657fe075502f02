using System.Net;
using System.Net.Sockets;

namespace Bento.Engine.Tests.Sftp;

/// <summary>
/// Stands between a client and a server and counts what each of them says: a client that waits for every answer says one thing a round
/// trip.
/// </summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private int _requests;
    private int _answers;

    public CountingProxy(int port)
    {
        _listener.Start();
        _ = ServeAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public (int Requests, int Answers) Count => (_requests, _answers);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync(int port)
    {
        using var client = await _listener.AcceptTcpClientAsync(_end.Token);
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, port, _end.Token);
        await Task.WhenAll(
            PumpAsync(client.GetStream(), server.GetStream(), () => Interlocked.Increment(ref _requests)),
            PumpAsync(server.GetStream(), client.GetStream(), () => Interlocked.Increment(ref _answers)));
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action count)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is var length and > 0)
        {
            count();
            await to.WriteAsync(buffer.AsMemory(0, length), _end.Token);
        }
    }
}
