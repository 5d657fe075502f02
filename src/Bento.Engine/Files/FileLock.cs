using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Bento.Files;

/// <summary>
/// Excludes other processes and other users of this class by flock(2), the lock that <see cref="FileShare.None"/> takes: gone with the
/// process, also by kill -9, and not inherited by its children. The file stays: removing it would let two holders lock two files of one
/// name.
/// </summary>
internal sealed class FileLock : IDisposable, IAsyncDisposable
{
    private const int LongestHolderBytes = 1024;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock, or says who has it: null with the holder's line.</summary>
    public static FileLock? TryAcquire(string path, string holder, out string? heldBy) =>
        TryLock(Open(path, OpenFlags.Create) ?? throw SystemCallException.Last("open the lock file", path), path, holder, out heldBy);

    /// <summary>Takes the lock of a file that is there: null when it is held, or gone; a new file is never made.</summary>
    public static FileLock? TryAcquireExisting(string path) =>
        Open(path, OpenFlags.ReadWrite) is { } file ? TryLock(file, path, string.Empty, out _) : null;

    /// <summary>Who has the lock: null when nobody has, or there is no lock file that this user may read.</summary>
    public static string? FindHolder(string path)
    {
        using var file = NativeMethods.Open(path, PlainFile.ReadFlags, 0);
        if (file.IsInvalid)
        {
            return null;
        }

        if (NativeMethods.Lock(file, NativeMethods.LockShared | NativeMethods.LockNonBlocking) == 0)
        {
            _ = NativeMethods.Lock(file, NativeMethods.LockRelease);
            return null;
        }

        return Read(file);
    }

    public void Dispose()
    {
        if (_file.IsClosed)
        {
            return;
        }

        try
        {
            RandomAccess.SetLength(_file, 0);
        }
        catch (IOException)
        {
            // The line only serves whoever is turned away; the lock is the handle.
        }

        // Said and not only closed: a child between fork and exec still holds the handle for a moment.
        _ = NativeMethods.Lock(_file, NativeMethods.LockRelease);
        _file.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static SafeFileHandle? Open(string path, OpenFlags more)
    {
        var flags = (OpenFlags.ReadWrite | OpenFlags.NonBlocking | OpenFlags.CloseOnExec | more).WithoutFollowing();
        var file = NativeMethods.Open(path, flags, (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        if (!file.IsInvalid)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static FileLock? TryLock(SafeFileHandle file, string path, string holder, out string? heldBy)
    {
        heldBy = null;
        FileLock? taken = null;
        try
        {
            if (NativeMethods.Lock(file, NativeMethods.LockExclusive | NativeMethods.LockNonBlocking) == 0)
            {
                Write(file, holder);
                return taken = new FileLock(file);
            }

            var errno = (Errno)Marshal.GetLastPInvokeError();
            heldBy = errno == Errno.WouldBlock ? Read(file) : throw new SystemCallException(errno, "lock", path);
            return null;
        }
        catch (IOException exception)
        {
            throw SystemCallException.From(exception, "write the lock file", path);
        }
        finally
        {
            if (taken is null)
            {
                file.Dispose();
            }
        }
    }

    private static void Write(SafeFileHandle file, string holder)
    {
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(holder), 0);
    }

    private static string Read(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[LongestHolderBytes];
        var length = RandomAccess.Read(file, buffer, 0);
        return length == 0 ? "somebody who has not yet said who" : Encoding.UTF8.GetString(buffer[..length]);
    }
}
