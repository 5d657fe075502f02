using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Bento.Sftp.Wire;

/// <summary>
/// Sends requests without waiting for answers, in the order in which they come, and gives each answer to its request. The first thing that
/// is wrong, or a peer that is silent for too long, ends all of it: whatever waits fails then, and what comes later fails at once.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Whoever still sends looks at the token of _end.")]
internal sealed class RequestTable : IDisposable
{
    /// <summary>Small packets travel together up to this size.</summary>
    private const int BatchBytes = 32 * 1024;

    private readonly Lock _lock = new();
    private readonly IByteChannel _channel;
    private readonly TimeSpan _patience;
    private readonly ITimer _timer;
    private readonly PacketPool _packets = new();
    private readonly PacketAssembler _incoming;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<uint, PendingRequest> _pending = [];
    private readonly Queue<uint> _order = [];
    private readonly TaskCompletionSource<ServerFeatures> _features = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private Exception? _failure;
    private uint _lastId;

    /// <param name="channel">The way to the server; belongs to the table.</param>
    /// <param name="patience">How long the oldest request may wait for its answer, from when it was sent or became the oldest.</param>
    /// <param name="clock">Tells the time.</param>
    public RequestTable(IByteChannel channel, TimeSpan patience, TimeProvider clock)
    {
        _channel = channel;
        _incoming = new PacketAssembler(_packets);
        _patience = patience;
        _timer = clock.CreateTimer(_ => Fail(new TimeoutException()), null, patience, Timeout.InfiniteTimeSpan);
        _outgoing.Writer.TryWrite(new PacketWriter(PacketType.Init).UInt32(3).Finish());
        channel.Listen(OnReceived, Fail);
        _ = SendAsync();
    }

    /// <summary>What the server can do. Requests may be sent before that is known.</summary>
    public Task<ServerFeatures> Features => _features.Task;

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, begun by <see cref="PacketWriter.Request"/>.</param>
    /// <param name="read">Reads its answer.</param>
    /// <returns>The answer, later.</returns>
    public Task<T> SendAsync<T>(PacketWriter request, Func<Reply, T> read)
    {
        var pending = new PendingRequest<T>(read);
        lock (_lock)
        {
            if (_failure is not null)
            {
                pending.Fail(_failure);
                return pending.Result;
            }

            var id = ++_lastId;
            _pending.Add(id, pending);
            _order.Enqueue(id);
            if (_order.Count == 1 && _features.Task.IsCompleted)
            {
                _timer.Change(_patience, Timeout.InfiniteTimeSpan);
            }

            _outgoing.Writer.TryWrite(request.Finish(id));
        }

        return pending.Result;
    }

    /// <summary>Takes back the bytes of an answer, which nobody looks at any more.</summary>
    public void Recycle(ReadOnlyMemory<byte> bytes) => _packets.Give(bytes);

    public void Dispose() => Fail(new ObjectDisposedException(nameof(RequestTable)));

    private void OnReceived(ReadOnlyMemory<byte> bytes)
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _incoming.Append(bytes.Span, OnPacket);
        }
        catch (SftpProtocolException exception)
        {
            Fail(exception);
        }
    }

    private void OnPacket(byte[] packet)
    {
        if (!_features.Task.IsCompleted)
        {
            _features.TrySetResult(ServerFeatures.Read(packet));
            lock (_lock)
            {
                Watch();
            }

            return;
        }

        if (packet.Length < 1 + sizeof(uint))
        {
            throw new SftpProtocolException("an answer is too short");
        }

        Take(BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(1))).Answer(new Reply(packet));
    }

    private PendingRequest Take(uint id)
    {
        lock (_lock)
        {
            if (!_pending.Remove(id, out var request))
            {
                throw new SftpProtocolException(_failure is null ? $"it answers a request that nobody sent ({id})" : "it is over");
            }

            if (_order.Peek() == id)
            {
                Watch();
            }

            return request;
        }
    }

    /// <summary>Gives the request that is the oldest now its time.</summary>
    private void Watch()
    {
        while (_order.TryPeek(out var oldest) && !_pending.ContainsKey(oldest))
        {
            _order.Dequeue();
        }

        _timer.Change(_order.Count == 0 ? Timeout.InfiniteTimeSpan : _patience, Timeout.InfiniteTimeSpan);
    }

    private async Task SendAsync()
    {
        var batch = new ArrayBufferWriter<byte>(BatchBytes);
        try
        {
            await foreach (var first in _outgoing.Reader.ReadAllAsync(_end.Token).ConfigureAwait(false))
            {
                batch.Write(first);
                while (batch.WrittenCount < BatchBytes && _outgoing.Reader.TryRead(out var next))
                {
                    batch.Write(next);
                }

                await _channel.SendAsync(batch.WrittenMemory, _end.Token).ConfigureAwait(false);
                batch.ResetWrittenCount();
            }
        }
        catch (Exception exception)
        {
            // Whatever the channel throws, nothing can be sent any more; whoever waits is told.
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        PendingRequest[] waiting;
        lock (_lock)
        {
            if (_failure is not null)
            {
                return;
            }

            _failure = exception;
            waiting = [.. _pending.Values];
            _pending.Clear();
            _order.Clear();
        }

        _end.Cancel();
        _timer.Dispose();
        _channel.Dispose();
        if (_features.TrySetException(exception))
        {
            _ = _features.Task.Exception;
        }

        foreach (var request in waiting)
        {
            request.Fail(exception);
        }
    }
}
