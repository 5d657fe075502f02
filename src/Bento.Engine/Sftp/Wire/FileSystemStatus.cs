namespace Bento.Sftp.Wire;

/// <summary>How full the file system of a path is, as statvfs(3) tells it.</summary>
/// <param name="BlockSize">The bytes of a block.</param>
/// <param name="AvailableBlocks">The blocks that are free for whoever asks.</param>
/// <param name="Nodes">How many files it can hold; zero where it has no such limit.</param>
/// <param name="AvailableNodes">How many more files it can hold.</param>
internal readonly record struct FileSystemStatus(ulong BlockSize, ulong AvailableBlocks, ulong Nodes, ulong AvailableNodes)
{
    public ulong AvailableBytes =>
        BlockSize != 0 && AvailableBlocks > ulong.MaxValue / BlockSize ? ulong.MaxValue : AvailableBlocks * BlockSize;

    public static FileSystemStatus Read(PacketReader reader)
    {
        _ = reader.UInt64();
        var blockSize = reader.UInt64();
        _ = reader.UInt64();
        _ = reader.UInt64();
        var available = reader.UInt64();
        var nodes = reader.UInt64();
        _ = reader.UInt64();
        return new FileSystemStatus(blockSize, available, nodes, reader.UInt64());
    }
}
