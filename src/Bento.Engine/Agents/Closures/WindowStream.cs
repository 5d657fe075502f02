namespace Bento.Agents.Closures;

/// <summary>Passes on a part of what is written to it: for areas that send files only from their beginning.</summary>
internal sealed class WindowStream(Stream destination, long offset, long count) : Stream
{
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var skipped = (int)long.Clamp(offset - _position, 0, buffer.Length);
        var wanted = (int)long.Clamp(offset + count - _position, 0, buffer.Length) - skipped;
        _position += buffer.Length;
        if (wanted > 0)
        {
            await destination.WriteAsync(buffer.Slice(skipped, wanted), cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => destination.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
