using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Bento.Trust;

/// <summary>Writes the binary form of SSH (RFC 4251, 5).</summary>
internal sealed class SshWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public SshWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public SshWriter UInt32(uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.GetSpan(sizeof(uint)), number);
        _bytes.Advance(sizeof(uint));
        return this;
    }

    public SshWriter String(ReadOnlySpan<byte> bytes) => UInt32((uint)bytes.Length).Bytes(bytes);

    public SshWriter String(string ascii) => String(Encoding.ASCII.GetBytes(ascii));

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
