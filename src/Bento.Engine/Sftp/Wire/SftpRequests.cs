namespace Bento.Sftp.Wire;

/// <summary>
/// The requests of SFTP version 3 that Bento needs. Each is on its way when the method returns, and the server takes them in that order:
/// whoever awaits none of them before the last pays one round trip for all. Each fails with <see cref="SftpStatusException"/> when the
/// server refuses it, and with the end of the connection.
/// </summary>
internal sealed class SftpRequests(RequestTable requests) : IDisposable
{
    /// <summary>The most that one request reads or writes: what every server takes.</summary>
    public const int ChunkBytes = 32 * 1024;

    private const int MaxHandleBytes = 256;

    public Task<ServerFeatures> Features => requests.Features;

    /// <summary>Looks at a path; a link at its end is not followed. Null when nothing is there.</summary>
    public Task<SftpAttributes?> LookAsync(string path) => requests.SendAsync(
        PacketWriter.Request(PacketType.LinkStatus).Text(path),
        static reply => reply switch
        {
            { Type: PacketType.Attributes } => ReadAttributes(reply),
            _ when reply.Code() == StatusCode.NoSuchFile => (SftpAttributes?)null,
            _ => throw reply.Unexpected(),
        });

    /// <summary>Opens a file. Reading a pipe or a device holds up the whole session on the server: look first.</summary>
    /// <returns>The handle.</returns>
    public Task<byte[]> OpenAsync(string path, SftpOpenFlags flags)
    {
        var request = PacketWriter.Request(PacketType.Open).Text(path).UInt32((uint)flags);
        SftpAttributes.WriteNothing(request);
        return requests.SendAsync(request, ReadHandle);
    }

    /// <returns>The handle of a directory.</returns>
    public Task<byte[]> OpenDirectoryAsync(string path) =>
        requests.SendAsync(PacketWriter.Request(PacketType.OpenDirectory).Text(path), ReadHandle);

    /// <returns>Some entries; null when there are no more.</returns>
    public Task<IReadOnlyList<NamedFile>?> ReadDirectoryAsync(byte[] handle) => requests.SendAsync(
        PacketWriter.Request(PacketType.ReadDirectory).Bytes(handle),
        static reply => reply switch
        {
            { Type: PacketType.Names } => NamedFile.ReadAll(reply.Body),
            _ when reply.Code() == StatusCode.EndOfFile => null,
            _ => throw reply.Unexpected(),
        });

    /// <returns>At least one byte and at most <paramref name="count"/>; null at the end of the file.</returns>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(byte[] handle, long offset, int count) => requests.SendAsync(
        PacketWriter.Request(PacketType.Read).Bytes(handle).UInt64((ulong)offset).UInt32((uint)count),
        reply => reply switch
        {
            { Type: PacketType.Data } => reply.Data() is var data && data.Length > 0 && data.Length <= count
                ? data
                : throw new SftpProtocolException($"it sends {data.Length} bytes where {count} were asked for"),
            _ when reply.Code() == StatusCode.EndOfFile => (ReadOnlyMemory<byte>?)null,
            _ => throw reply.Unexpected(),
        });

    public Task WriteAsync(byte[] handle, long offset, ReadOnlySpan<byte> bytes) =>
        DoAsync(PacketWriter.Request(PacketType.Write).Bytes(handle).UInt64((ulong)offset).Bytes(bytes));

    /// <summary>Makes what was written durable, where the server can.</summary>
    public Task SyncAsync(byte[] handle) => DoAsync(PacketWriter.Request(PacketType.Extended).Text(ServerFeatures.Sync).Bytes(handle));

    public Task CloseAsync(byte[] handle) => DoAsync(PacketWriter.Request(PacketType.Close).Bytes(handle));

    /// <summary>Renames as rename(2) does: replaces what is there in one step.</summary>
    public Task ReplaceAsync(string from, string to) =>
        DoAsync(PacketWriter.Request(PacketType.Extended).Text(ServerFeatures.PosixRename).Text(from).Text(to));

    /// <returns>Whether there was such a file.</returns>
    public Task<bool> RemoveAsync(string path) => TryAsync(PacketWriter.Request(PacketType.Remove).Text(path));

    /// <returns>Whether there was such a directory.</returns>
    public Task<bool> RemoveDirectoryAsync(string path) => TryAsync(PacketWriter.Request(PacketType.RemoveDirectory).Text(path));

    public Task MakeDirectoryAsync(string path, UnixFileMode? mode)
    {
        var request = PacketWriter.Request(PacketType.MakeDirectory).Text(path);
        if (mode is { } bits)
        {
            SftpAttributes.WriteMode(request, bits);
        }
        else
        {
            SftpAttributes.WriteNothing(request);
        }

        return DoAsync(request);
    }

    public Task SetModeAsync(string path, UnixFileMode mode)
    {
        var request = PacketWriter.Request(PacketType.SetStatus).Text(path);
        SftpAttributes.WriteMode(request, mode);
        return DoAsync(request);
    }

    public Task<FileSystemStatus> FileSystemAsync(string path) => requests.SendAsync(
        PacketWriter.Request(PacketType.Extended).Text(ServerFeatures.FileSystem).Text(path),
        static reply => reply.Type == PacketType.ExtendedReply ? FileSystemStatus.Read(reply.Body) : throw reply.Unexpected());

    /// <summary>Takes back what <see cref="ReadAsync"/> has answered, which nobody looks at any more.</summary>
    public void Recycle(ReadOnlyMemory<byte> bytes) => requests.Recycle(bytes);

    public void Dispose() => requests.Dispose();

    private Task DoAsync(PacketWriter request) =>
        requests.SendAsync(request, static reply => reply.Code() == StatusCode.Ok ? true : throw reply.Unexpected());

    private Task<bool> TryAsync(PacketWriter request) => requests.SendAsync(request, static reply => reply.Code() switch
    {
        StatusCode.Ok => true,
        StatusCode.NoSuchFile => false,
        _ => throw reply.Unexpected(),
    });

    private static SftpAttributes ReadAttributes(Reply reply)
    {
        var body = reply.Body;
        return SftpAttributes.Read(ref body);
    }

    private static byte[] ReadHandle(Reply reply)
    {
        if (reply.Type != PacketType.Handle)
        {
            throw reply.Unexpected();
        }

        var body = reply.Body;
        return body.Bytes() is { Length: <= MaxHandleBytes } handle
            ? handle.ToArray()
            : throw new SftpProtocolException("it gives a handle that is longer than the protocol allows");
    }
}
