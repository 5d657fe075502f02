namespace Bento.Testing.Transport;

/// <summary>Gives some bytes, waits for what a test does then, and gives the others.</summary>
internal sealed class PausingStream(byte[] content, int pauseAt, Func<Task> pause) : Stream
{
    private int _position;
    private bool _hasPaused;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_position == pauseAt && !_hasPaused)
        {
            _hasPaused = true;
            await pause();
            cancellationToken.ThrowIfCancellationRequested();
        }

        var end = _position < pauseAt ? pauseAt : content.Length;
        var count = Math.Min(buffer.Length, end - _position);
        content.AsSpan(_position, count).CopyTo(buffer.Span);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
