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

    /// <summary>
    /// Unpacks a log. One that was cut short gives what there is of it: a host may have been switched off while it wrote.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not gzip, or is longer than <see cref="MaxBytes"/>.</exception>
    public static byte[] Unpack(byte[] gzip)
    {
        using var text = new MemoryStream();
        CopyTo(gzip, text);
        return text.ToArray();
    }

    /// <summary>Unpacks a log to nowhere.</summary>
    /// <exception cref="InvalidDataException">It is not gzip, or is longer than <see cref="MaxBytes"/>.</exception>
    public static void Check(byte[] gzip) => CopyTo(gzip, Stream.Null);

    private static void CopyTo(byte[] gzip, Stream text)
    {
        using var packed = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        var buffer = new byte[BufferBytes];
        for (var length = 0; packed.Read(buffer) is var count && count > 0;)
        {
            if ((length += count) > MaxBytes)
            {
                throw new InvalidDataException($"The log is longer than {MaxBytes} bytes.");
            }

            text.Write(buffer, 0, count);
        }
    }
}
