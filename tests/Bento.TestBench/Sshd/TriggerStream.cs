namespace Bento.TestBench.Sshd;

/// <summary>An endless source, or a sink, that does something to the server once enough bytes went through it.</summary>
public sealed class TriggerStream(long afterBytes, Action trigger) : Stream
{
    private const long EndBytes = 1L << 34;

    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Pass(count);
        return _count < EndBytes ? count : 0;
    }

    public override void Write(byte[] buffer, int offset, int count) => Pass(count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(int count)
    {
        var before = _count;
        _count += count;
        if (before < afterBytes && _count >= afterBytes)
        {
            trigger();
        }
    }
}
