using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Bento.TestBench.Sshd;

/// <summary>
/// A long way to a server on this machine: what either side says arrives half a round trip later. Counts the round trips, by the moments at
/// which the client spoke.
/// </summary>
public sealed class SlowLink : IDisposable
{
    /// <summary>No timer is finer: waiting for less at each piece would make the link narrow, and not only long.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TimeSpan _roundTrip;
    private readonly Lock _lock = new();
    private long? _spoke;
    private long _bytes;

    public SlowLink(int port, TimeSpan roundTrip)
    {
        _roundTrip = roundTrip;
        _listener.Start();
        _ = AcceptAsync(port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// How many times the client connected, or said something that it could not have said half a round trip before. Its farewell is one
    /// too, although nobody waits for an answer to it.
    /// </summary>
    public int RoundTrips { get; private set; }

    /// <summary>How many bytes the server has sent.</summary>
    public long BytesFromServer => Interlocked.Read(ref _bytes);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync(int port)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = ServeAsync(client, port);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task ServeAsync(TcpClient client, int port)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            Connected();
            await Task.Delay(_roundTrip, TimeProvider.System, _end.Token);
            await far.ConnectAsync(IPAddress.Loopback, port, _end.Token);
            await Task.WhenAny(
                PumpAsync(near.GetStream(), far.GetStream(), _ => Spoke()),
                PumpAsync(far.GetStream(), near.GetStream(), count => Interlocked.Add(ref _bytes, count)));
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Either side is gone.
        }
    }

    private void Connected()
    {
        lock (_lock)
        {
            RoundTrips++;
            _spoke = null;
        }
    }

    private void Spoke()
    {
        lock (_lock)
        {
            var now = TimeProvider.System.GetTimestamp();
            if (_spoke is not { } before || TimeProvider.System.GetElapsedTime(before, now) > _roundTrip / 2)
            {
                RoundTrips++;
                _spoke = now;
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<int> said)
    {
        var onTheWay = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
        var arriving = ArriveAsync(onTheWay.Reader, to);
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is var count and > 0)
        {
            said(count);
            await onTheWay.Writer.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..count]), _end.Token);
        }

        onTheWay.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Said, byte[] Bytes)> onTheWay, NetworkStream to)
    {
        await foreach (var (said, bytes) in onTheWay.ReadAllAsync(_end.Token))
        {
            var left = (_roundTrip / 2) - TimeProvider.System.GetElapsedTime(said);
            if (left > Tick)
            {
                await Task.Delay(left, TimeProvider.System, _end.Token);
            }

            await to.WriteAsync(bytes, _end.Token);
        }
    }
}
