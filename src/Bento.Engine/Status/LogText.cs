using System.IO.Compression;

namespace Bento.Status;

/// <summary>The log of an attempt, unpacked. A host may have packed anything: what is too long is not unpacked to its end.</summary>
internal static class LogText
{
    /// <summary>The longest gzip that is read, in bytes.</summary>
    public const int MaxPackedBytes = 2 * 1024 * 1024;

    /// <summary>The longest log, in bytes.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;

    /// <exception cref="InvalidDataException">It is no gzip, is cut short, or is longer than <see cref="MaxBytes"/>.</exception>
    public static byte[] Unpack(byte[] gzip)
    {
        using var packed = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (packed.Read(buffer) is var count && count > 0)
        {
            if (text.Length + count > MaxBytes)
            {
                throw new InvalidDataException($"The log is longer than {MaxBytes} bytes.");
            }

            text.Write(buffer, 0, count);
        }

        return text.ToArray();
    }
}
