using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bento.Files;

/// <summary>Reads regular files from places where others write: follows no link, waits for no pipe, believes no size.</summary>
internal static class PlainFile
{
    private const int FirstBufferBytes = 16 * 1024;

    public static readonly OpenFlags ReadFlags = (OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec).WithoutFollowing();

    /// <summary>Opens a file whose directory is trusted; null when there is none.</summary>
    /// <exception cref="ForeignFileException">Something else has the name.</exception>
    public static SafeFileHandle? OpenRead(string path) => Checked(NativeMethods.Open(path, ReadFlags, 0), path);

    /// <summary>Opens a file below a trusted root, none of whose directories below it may be a link; null when there is none.</summary>
    /// <exception cref="ForeignFileException">Something else has the name, or stands where a directory should be.</exception>
    public static SafeFileHandle? OpenRead(string root, string relativePath, bool mayBeShared = false)
    {
        var slash = relativePath.LastIndexOf('/');
        using var directory = AnchoredDirectory.Open(root, slash < 0 ? string.Empty : relativePath[..slash]);
        return directory?.OpenPlainFile(relativePath[(slash + 1)..], mayBeShared);
    }

    /// <summary>Reads a file whole; null when there is none.</summary>
    /// <exception cref="FileTooLongException">There is more than <paramref name="maxBytes"/>.</exception>
    public static byte[]? ReadAll(string path, int maxBytes)
    {
        using var file = OpenRead(path);
        return file is null ? null : ReadAll(file, path, maxBytes);
    }

    /// <summary>Reads an open file whole. Its size is not asked for: a sparse file may claim any.</summary>
    public static byte[] ReadAll(SafeFileHandle file, string path, int maxBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        var length = 0;
        try
        {
            while (true)
            {
                var count = ReadAt(file, path, buffer.AsSpan(length), length);
                length += count;
                if (length > maxBytes)
                {
                    throw new FileTooLongException(path, maxBytes);
                }

                if (count == 0)
                {
                    return buffer.AsSpan(0, length).ToArray();
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min((long)buffer.Length * 2, (long)maxBytes + 1));
                    buffer.AsSpan(0, length).CopyTo(larger);
                    buffer.AsSpan(0, length).Clear();
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        finally
        {
            // Keys are read by this too.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal static SafeFileHandle? Checked(SafeFileHandle file, string path, bool mayBeShared = false)
    {
        if (file.IsInvalid)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            file.Dispose();
            return errno switch
            {
                Errno.NoEntry => null,
                Errno.Loop => throw new ForeignFileException(path, "a symbolic link"),
                Errno.NoDevice => throw new ForeignFileException(path, "a socket or a device"),
                Errno.NotDirectory => throw new ForeignFileException(path, "below something that is not a directory"),
                _ => throw new SystemCallException(errno, "open", path),
            };
        }

        var status = FileStatus.Read(file);

        // A file that was replaced between open and look has no name left: its reader sees the old content, whole.
        if (status.Kind == FileKind.File && (mayBeShared || status.LinkCount <= 1))
        {
            return file;
        }

        file.Dispose();
        throw new ForeignFileException(path, status.Description);
    }

    private static int ReadAt(SafeFileHandle file, string path, Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(file, buffer, offset);
        }
        catch (IOException exception)
        {
            throw SystemCallException.From(exception, "read", path);
        }
    }
}
