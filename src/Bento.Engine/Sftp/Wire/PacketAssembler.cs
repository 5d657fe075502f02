using System.Buffers.Binary;

namespace Bento.Sftp.Wire;

/// <summary>
/// Cuts what arrives into packets. A packet that claims to be longer than <see cref="MaxPacketBytes"/> ends the stream before a byte of it
/// is kept.
/// </summary>
/// <param name="pool">Where packets come from.</param>
internal sealed class PacketAssembler(PacketPool pool)
{
    /// <summary>What OpenSSH sends at most; nothing that is asked for here needs more.</summary>
    public const int MaxPacketBytes = 256 * 1024;

    private readonly byte[] _length = new byte[sizeof(uint)];
    private int _lengthCount;
    private byte[]? _packet;
    private int _packetCount;

    /// <summary>Takes bytes as they arrive.</summary>
    /// <param name="bytes">The bytes; not kept.</param>
    /// <param name="onPacket">Gets each packet that became whole, without its length.</param>
    /// <exception cref="SftpProtocolException">A packet is empty or too long.</exception>
    public void Append(ReadOnlySpan<byte> bytes, Action<byte[]> onPacket)
    {
        while (!bytes.IsEmpty)
        {
            if (_packet is null)
            {
                var taken = int.Min(_length.Length - _lengthCount, bytes.Length);
                bytes[..taken].CopyTo(_length.AsSpan(_lengthCount));
                _lengthCount += taken;
                bytes = bytes[taken..];
                _packet = _lengthCount == _length.Length ? Begin() : null;
                continue;
            }

            var count = int.Min(_packet.Length - _packetCount, bytes.Length);
            bytes[..count].CopyTo(_packet.AsSpan(_packetCount));
            _packetCount += count;
            bytes = bytes[count..];
            if (_packetCount == _packet.Length)
            {
                var whole = _packet;
                (_packet, _packetCount, _lengthCount) = (null, 0, 0);
                onPacket(whole);
            }
        }
    }

    private byte[] Begin() => BinaryPrimitives.ReadUInt32BigEndian(_length) is var length && length is > 0 and <= MaxPacketBytes
        ? pool.Take((int)length)
        : throw new SftpProtocolException(
            length == 0 ? "a packet is empty" : $"a packet claims {length} bytes, and none has more than {MaxPacketBytes}");
}
