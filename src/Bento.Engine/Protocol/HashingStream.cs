using System.Security.Cryptography;

namespace Bento.Protocol;

/// <summary>
/// Writes through to a file and hashes on the way, so that what was hashed is what was written. Takes no more than it was told to.
/// </summary>
internal sealed class HashingStream(Stream destination, long maxBytes) : WriteOnlyStream
{
    private const int BufferBytes = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public override long Length => _length;

    /// <summary>Hashes what the file has already, and stands behind it.</summary>
    /// <param name="file">The destination, to be read.</param>
    /// <param name="count">How much of it counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EndOfStreamException">It has less.</exception>
    public async Task SkipAsync(Stream file, long count, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var buffer = new byte[BufferBytes];
        for (var left = count; left > 0;)
        {
            var part = buffer.AsMemory(0, (int)long.Min(left, buffer.Length));
            await file.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            Take(part.Span);
            left -= part.Length;
        }
    }

    public ContentHash Finish() => ContentHash.FromBytes(_hash.GetHashAndReset());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer);
        destination.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Into the memory of the kernel: for each few kilobytes another thread would cost more than that.
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush() => destination.Flush();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_length > maxBytes)
        {
            throw new ContentException($"The content is longer than the {maxBytes} bytes that the release names.") { IsTransient = true };
        }

        _hash.AppendData(bytes);
    }
}
