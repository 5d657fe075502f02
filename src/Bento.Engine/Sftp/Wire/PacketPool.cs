using System.Runtime.InteropServices;

namespace Bento.Sftp.Wire;

/// <summary>
/// The packets that carry a whole piece of a file, to be filled again: a host with little memory fetches gigabytes of them. Safe for
/// concurrent calls.
/// </summary>
internal sealed class PacketPool
{
    /// <summary>Type, id, and the length of what follows.</summary>
    private const int HeadBytes = 1 + (2 * sizeof(uint));
    private const int PacketBytes = HeadBytes + SftpRequests.ChunkBytes;

    /// <summary>More than are on their way at once as a rule.</summary>
    private const int MaxKept = 256;

    private readonly Lock _lock = new();
    private readonly Stack<byte[]> _free = [];

    /// <summary>A packet of some length, with whatever was in it.</summary>
    public byte[] Take(int length)
    {
        if (length != PacketBytes)
        {
            return new byte[length];
        }

        lock (_lock)
        {
            return _free.TryPop(out var packet) ? packet : new byte[length];
        }
    }

    /// <summary>Takes back the packet that some bytes lie in. Nobody looks at them again.</summary>
    public void Give(ReadOnlyMemory<byte> bytes)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out var part) || part.Array is not { Length: PacketBytes } packet)
        {
            return;
        }

        lock (_lock)
        {
            if (_free.Count < MaxKept)
            {
                _free.Push(packet);
            }
        }
    }
}
