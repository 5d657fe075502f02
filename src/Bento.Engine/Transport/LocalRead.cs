using System.Buffers;
using Bento.Files;
using Microsoft.Win32.SafeHandles;

namespace Bento.Transport;

/// <summary>Reads an open file of an area, or a part of it.</summary>
internal sealed class LocalRead(SafeFileHandle file, string path, HostName host)
{
    private const int BufferBytes = 128 * 1024;

    /// <param name="offset">Where to begin.</param>
    /// <param name="maxBytes">The most that is copied.</param>
    /// <param name="isWhole">Whether a file that goes on behind that is too long.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CopyAsync(long offset, long maxBytes, bool isWhole, Stream destination, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long total = 0; isWhole || total < maxBytes;)
            {
                var count = await ReadAsync(buffer, offset + total, cancellationToken).ConfigureAwait(false);
                await destination.WriteAsync(
                    buffer.AsMemory(0, (int)Math.Min(count, maxBytes - total)), cancellationToken).ConfigureAwait(false);
                total += count;
                if (isWhole && total > maxBytes)
                {
                    throw AreaFailure.Translate(new FileTooLongException(path, maxBytes), host);
                }

                if (count == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw AreaFailure.Translate(exception, host);
        }
    }
}
