using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Bento.Sftp.Wire;

/// <summary>Writes one packet. Its length and, in a request, its id are filled in when it is sent.</summary>
internal sealed class PacketWriter
{
    /// <summary>Where the id of a request stands: behind the length of the packet and its type.</summary>
    private const int IdOffset = 5;

    private readonly ArrayBufferWriter<byte> _content = new(64);

    public PacketWriter(PacketType type)
    {
        Span<byte> head = [0, 0, 0, 0, (byte)type];
        _content.Write(head);
    }

    /// <summary>Begins a request: a packet with an id.</summary>
    public static PacketWriter Request(PacketType type) => new PacketWriter(type).UInt32(0);

    public PacketWriter UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _content.Write(bytes);
        return this;
    }

    public PacketWriter UInt64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        _content.Write(bytes);
        return this;
    }

    public PacketWriter Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        _content.Write(value);
        return this;
    }

    public PacketWriter Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    /// <summary>The whole packet, without an id.</summary>
    public byte[] Finish()
    {
        var packet = _content.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)packet.Length - sizeof(uint));
        return packet;
    }

    /// <summary>The whole packet of a request.</summary>
    public byte[] Finish(uint id)
    {
        var packet = Finish();
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(IdOffset), id);
        return packet;
    }
}
