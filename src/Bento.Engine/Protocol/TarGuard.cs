namespace Bento.Protocol;

/// <summary>
/// Looks at the headers of a tar before its reader does, which makes room for whatever an entry says that a name needs. Only what a
/// publisher writes passes: names up to a limit, sizes in plain digits, no other metadata.
/// </summary>
internal sealed class TarGuard(Stream source) : Stream
{
    private const int BlockSize = 512;
    private const int SizeAt = 124;
    private const int SizeDigits = 11;
    private const int TypeAt = 156;
    private const int MaxNameBytes = 4096;

    private readonly byte[] _header = new byte[BlockSize];
    private int _headerBytes;
    private long _data;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">A header is none that a publisher writes.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        Look(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">A header is none that a publisher writes.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Look(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Look(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var skipped = (int)long.Min(_data, bytes.Length);
            _data -= skipped;
            bytes = bytes[skipped..];

            var taken = int.Min(BlockSize - _headerBytes, bytes.Length);
            bytes[..taken].CopyTo(_header.AsSpan(_headerBytes));
            _headerBytes += taken;
            bytes = bytes[taken..];
            if (_headerBytes == BlockSize)
            {
                _headerBytes = 0;
                _data = DataAfter(_header);
            }
        }
    }

    private static long DataAfter(ReadOnlySpan<byte> header)
    {
        var size = Size(header.Slice(SizeAt, SizeDigits + 1));
        return header[TypeAt] switch
        {
            // A name too long for its header; the other kinds of metadata could change what the next header says.
            (byte)'L' when size > MaxNameBytes => throw new InvalidDataException($"A name of {size} bytes is longer than any path."),
            (byte)'K' or (byte)'x' or (byte)'g' or (byte)'X' =>
                throw new InvalidDataException("It holds metadata that no publisher writes."),
            _ => (size + BlockSize - 1) / BlockSize * BlockSize,
        };
    }

    /// <summary>Stricter than any reader, so that every reader finds the same number.</summary>
    private static long Size(ReadOnlySpan<byte> field)
    {
        if (!field.ContainsAnyExcept((byte)0))
        {
            return 0;
        }

        var size = 0L;
        foreach (var digit in field[..SizeDigits])
        {
            size = digit is >= (byte)'0' and <= (byte)'7'
                ? (size * 8) + (digit - '0')
                : throw new InvalidDataException("A size is not in plain digits.");
        }

        return field[SizeDigits] is 0 or (byte)' ' ? size : throw new InvalidDataException("A size is not in plain digits.");
    }
}
