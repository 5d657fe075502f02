using System.Buffers.Binary;
using System.Text;

namespace Bento.Trust;

/// <summary>
/// Reads the binary form of SSH (RFC 4251, 5) from bytes that somebody else wrote: every length is checked against what is there.
/// </summary>
internal ref struct SshReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte ReadByte() => ReadBytes(1)[0];

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(sizeof(uint)));

    public ReadOnlySpan<byte> ReadString()
    {
        var length = ReadUInt32();
        return length <= _rest.Length ? ReadBytes((int)length) : throw TooShort();
    }

    /// <summary>A string that is a word of the protocol or is shown to people: visible ASCII and spaces.</summary>
    public string ReadText()
    {
        var text = ReadString();
        return text.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? throw new FormatException("A text holds other characters than ASCII.")
            : Encoding.ASCII.GetString(text);
    }

    /// <summary>A number above zero in its shortest form, without the zero byte in front that keeps it positive.</summary>
    public ReadOnlySpan<byte> ReadPositive()
    {
        const byte Sign = 0x80;
        var number = ReadString();
        if (number is [0, >= Sign, ..])
        {
            return number[1..];
        }

        return number is [> 0 and < Sign, ..]
            ? number
            : throw new FormatException("A number is not above zero, or not in its shortest form.");
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > _rest.Length)
        {
            throw TooShort();
        }

        var result = _rest[..count];
        _rest = _rest[count..];
        return result;
    }

    /// <exception cref="FormatException">There is more.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new FormatException($"{_rest.Length} bytes follow the end.");
        }
    }

    private static FormatException TooShort() => new("It ends too early.");
}
