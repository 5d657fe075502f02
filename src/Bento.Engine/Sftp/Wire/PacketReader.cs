using System.Buffers.Binary;
using System.Text;

namespace Bento.Sftp.Wire;

/// <summary>Reads the fields of one packet. Every length is checked against what is there before anything is made of it.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> packet)
{
    private ReadOnlySpan<byte> _left = packet;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>A string of the protocol: any bytes, behind their number.</summary>
    public ReadOnlySpan<byte> Bytes() => UInt32() is var length && length <= _left.Length
        ? Take((int)length)
        : throw new SftpProtocolException($"a string of {length} bytes stands in a packet that has {_left.Length} left");

    /// <summary>A string as text; bytes that are not UTF-8 become replacement characters.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
        {
            throw new SftpProtocolException("a packet ends in the middle of a field");
        }

        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
