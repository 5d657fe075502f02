using System.Buffers.Binary;
using Bento.Sftp.Wire;

namespace Bento.Engine.Tests.Sftp.Wire;

/// <summary>A peer in memory: keeps what it is sent, and says what a test tells it to.</summary>
internal sealed class ScriptedChannel : IByteChannel
{
    private readonly PacketAssembler _incoming = new(new PacketPool());
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<ReadOnlyMemory<byte>>? _onReceived;
    private Action<Exception>? _onClosed;

    /// <summary>Takes each packet that arrives, and gives what is sent back.</summary>
    public Func<byte[], IEnumerable<byte[]>> Answer { get; set; } = _ => [];

    public List<byte[]> Packets { get; } = [];

    public Task Disposed => _disposed.Task;

    public static byte[] Version(uint version = 3, params string[] extensions)
    {
        var packet = new PacketWriter(PacketType.Version).UInt32(version);
        foreach (var extension in extensions)
        {
            packet.Text(extension).Text("1");
        }

        return packet.Finish();
    }

    public static uint IdOf(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(1));

    public static byte[] Status(byte[] request, StatusCode code, string message = "") =>
        new PacketWriter(PacketType.Status).UInt32(IdOf(request)).UInt32((uint)code).Text(message).Text("en").Finish();

    public Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _incoming.Append(bytes.Span, packet =>
        {
            lock (Packets)
            {
                Packets.Add(packet);
            }

            foreach (var answer in packet[0] == (byte)PacketType.Init ? [Version()] : Answer(packet))
            {
                Say(answer);
            }
        });
        return Task.CompletedTask;
    }

    public void Say(byte[] bytes) => _onReceived!(bytes);

    public void Close(Exception reason) => _onClosed!(reason);

    public void Listen(Action<ReadOnlyMemory<byte>> onReceived, Action<Exception> onClosed) =>
        (_onReceived, _onClosed) = (onReceived, onClosed);

    public void Dispose() => _disposed.TrySetResult();
}
