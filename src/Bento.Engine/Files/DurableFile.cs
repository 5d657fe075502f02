using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Bento.Files;

/// <summary>
/// Changes files so that after a crash or a power cut there is the old content or the new, never less. .NET hides a failed fsync on Linux
/// and cannot sync a directory, hence the system calls. After a failed fsync nothing is tried again on the same file: the kernel may have
/// dropped the pages.
/// </summary>
internal static class DurableFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>The end of every temporary name; its beginning is a dot.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Replaces a file; owners stay those of the process.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner = null)
    {
        var temporary = TemporaryPath(path);
        using (var file = Create(temporary, path))
        {
            try
            {
                WriteAt(file, path, content, 0);
                Finish(file, path, mode, owner);
            }
            catch
            {
                _ = NativeMethods.Unlink(temporary);
                throw;
            }
        }

        Publish(temporary, path);
    }

    /// <summary>Replaces a file by what a stream holds; owners stay those of the process.</summary>
    public static Task WriteAsync(
        string path, Stream content, UnixFileMode mode, CancellationToken cancellationToken, FileOwner? owner = null) =>
        WriteAsync(path, PartsAsync(content, cancellationToken), mode, cancellationToken, owner);

    /// <summary>Replaces a file by parts, one behind the other; owners stay those of the process.</summary>
    public static async Task WriteAsync(
        string path,
        IAsyncEnumerable<ReadOnlyMemory<byte>> parts,
        UnixFileMode mode,
        CancellationToken cancellationToken,
        FileOwner? owner = null)
    {
        var temporary = TemporaryPath(path);
        using (var file = Create(temporary, path))
        {
            try
            {
                long offset = 0;
                await foreach (var part in parts.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    WriteAt(file, path, part.Span, offset);
                    offset += part.Length;
                }

                Finish(file, path, mode, owner);
            }
            catch
            {
                _ = NativeMethods.Unlink(temporary);
                throw;
            }
        }

        Publish(temporary, path);
    }

    /// <summary>
    /// Renames a file or directory, replacing a file or an empty directory, and waits until both directories are on disk.
    /// </summary>
    public static void Rename(string from, string to)
    {
        if (NativeMethods.Rename(from, to) < 0)
        {
            throw SystemCallException.Last($"rename '{from}' to", to);
        }

        SyncParents(from, to);
    }

    /// <summary>
    /// Gives a file that cannot be read a name of its own, which nothing else has: it is kept for whoever looks, and out of the way.
    /// </summary>
    /// <returns>That name: the path and <c>.bad-1</c>, or the next number that is free.</returns>
    public static string SetAside(string path)
    {
        for (var n = 1; ; n++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.bad-{n}");
            if (FileStatus.Read(aside) is null)
            {
                Rename(path, aside);
                return aside;
            }
        }
    }

    /// <summary>Swaps two files or directories in one step; false where the file system cannot.</summary>
    public static bool TryExchange(string first, string second)
    {
        if (NativeMethods.Rename(
            NativeMethods.CurrentDirectory, first, NativeMethods.CurrentDirectory, second, NativeMethods.RenameExchange) < 0)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            return errno is Errno.Invalid or Errno.NotImplemented
                ? false
                : throw new SystemCallException(errno, $"swap '{first}' with", second);
        }

        SyncParents(first, second);
        return true;
    }

    /// <summary>Waits until the entries of a directory are on disk.</summary>
    public static void SyncDirectory(string path)
    {
        using var directory = NativeMethods.Open(path, (OpenFlags.ReadOnly | OpenFlags.CloseOnExec).OnlyDirectory(), 0);
        Sync(directory, path);
    }

    /// <summary>Waits until everything that was written to the file system of a directory, by whatever program, is on disk.</summary>
    public static void SyncFileSystem(string path)
    {
        using var directory = NativeMethods.Open(path, (OpenFlags.ReadOnly | OpenFlags.CloseOnExec).OnlyDirectory(), 0);
        if (directory.IsInvalid || NativeMethods.SyncFileSystem(directory) < 0)
        {
            throw SystemCallException.Last("write to disk the file system of", path);
        }
    }

    /// <summary>Waits until all of a tree is on disk. Links are entries of their directory; pipes and devices are passed over.</summary>
    public static void SyncTree(string path)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            switch (FileStatus.Read(entry)?.Kind)
            {
                case FileKind.Directory:
                    SyncTree(entry);
                    break;
                case FileKind.File:
                    using (var file = NativeMethods.Open(entry, PlainFile.ReadFlags, 0))
                    {
                        Sync(file, entry);
                    }

                    break;
            }
        }

        SyncDirectory(path);
    }

    /// <summary>A name beside <paramref name="path"/> that nobody else has.</summary>
    public static string TemporaryPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{RandomNumberGenerator.GetHexString(16, lowercase: true)}{TemporarySuffix}");

    /// <summary>Whether a name is one that <see cref="TemporaryPath"/> gives.</summary>
    public static bool IsTemporary(string name) => name.StartsWith('.') && name.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    internal static SafeFileHandle Create(string temporary, string path)
    {
        var flags = (OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.CloseOnExec).WithoutFollowing();
        var file = NativeMethods.Open(temporary, flags, (uint)(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        if (!file.IsInvalid)
        {
            return file;
        }

        file.Dispose();
        throw SystemCallException.Last("create a temporary file beside", path);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync(
        Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            yield return buffer.AsMemory(0, count);
        }
    }

    private static void WriteAt(SafeFileHandle file, string path, ReadOnlySpan<byte> content, long offset)
    {
        try
        {
            RandomAccess.Write(file, content, offset);
        }
        catch (IOException exception)
        {
            throw SystemCallException.From(exception, $"write {offset + content.Length} bytes to", path);
        }
    }

    /// <summary>
    /// Gives an open file or directory its owner and mode; the owner first, because changing it clears the set-id bits of the mode.
    /// </summary>
    internal static void SetAttributes(SafeFileHandle file, string path, UnixFileMode mode, FileOwner? owner)
    {
        if ((owner is { } o && NativeMethods.ChangeOwner(file, o.UserId, o.GroupId) < 0) || NativeMethods.ChangeMode(file, (uint)mode) < 0)
        {
            throw SystemCallException.Last("set the owner and mode of", path);
        }
    }

    /// <summary>Removes a file; false when there is none.</summary>
    public static bool Delete(string path)
    {
        if (NativeMethods.Unlink(path) < 0)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            return errno == Errno.NoEntry ? false : throw new SystemCallException(errno, "remove", path);
        }

        SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    }

    private static void Finish(SafeFileHandle file, string path, UnixFileMode mode, FileOwner? owner)
    {
        SetAttributes(file, path, mode, owner);
        Sync(file, path);
    }

    private static void Publish(string temporary, string path)
    {
        if (NativeMethods.Rename(temporary, path) < 0)
        {
            var failure = SystemCallException.Last("replace", path);
            _ = NativeMethods.Unlink(temporary);
            throw failure;
        }

        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    private static void SyncParents(string first, string second)
    {
        var directory = Path.GetDirectoryName(second)!;
        SyncDirectory(directory);
        if (Path.GetDirectoryName(first) is { } other && other != directory)
        {
            SyncDirectory(other);
        }
    }

    private static void Sync(SafeFileHandle file, string path)
    {
        if (file.IsInvalid || NativeMethods.Fsync(file) < 0)
        {
            throw SystemCallException.Last("write to disk", path);
        }
    }
}
