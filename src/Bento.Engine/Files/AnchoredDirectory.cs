using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bento.Files;

/// <summary>A directory below a trusted root, opened so that no component below the root is a symbolic link.</summary>
[SuppressMessage(
    "Reliability",
    "CA2000",
    Justification = "The handle of the last directory belongs to the object that is returned; the others are closed on the way.")]
internal sealed class AnchoredDirectory : IDisposable
{
    // d_ino, d_off, d_reclen, d_type: the same in glibc and musl on 64 bits.
    private const int NameOffset = 19;

    private static readonly OpenFlags PlaceFlags = (OpenFlags.Path | OpenFlags.CloseOnExec).OnlyDirectory();

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private AnchoredDirectory(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    /// <summary>Opens a directory; null when it, or one on the way, is not there.</summary>
    /// <exception cref="ForeignFileException">Something else than a directory is on the way.</exception>
    public static AnchoredDirectory? Open(string root, string relativePath) =>
        Descend(OpenRoot(root), root, relativePath.Split('/', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Looks at an entry; null when there is none.</summary>
    public FileStatus? Status(string name) => FileStatus.Read(_handle, name);

    /// <summary>Opens a plain file for reading, without following, waiting or side effects; null when there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="mayBeShared">Whether it may have other names: only where nobody but root or the publisher writes.</param>
    /// <exception cref="ForeignFileException">Something else has the name.</exception>
    public SafeFileHandle? OpenPlainFile(string name, bool mayBeShared = false) =>
        PlainFile.Checked(NativeMethods.OpenAt(_handle, name, PlainFile.ReadFlags, 0), $"{_path}/{name}", mayBeShared);

    /// <summary>Lists the entries as the kernel hands them out. Names that are not UTF-8 come with replacement characters.</summary>
    public IEnumerable<(string Name, FileStatus Status)> Enumerate()
    {
        var stream = OpenStream();
        try
        {
            var handle = NativeMethods.StreamHandle(stream);
            while (Next(stream) is var entry && entry != 0)
            {
                var name = Marshal.PtrToStringUTF8(entry + NameOffset)!;
                if (name is not ("." or "..") && FileStatus.Read(handle, entry + NameOffset) is { } status)
                {
                    yield return (name, status);
                }
            }
        }
        finally
        {
            _ = NativeMethods.CloseStream(stream);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static AnchoredDirectory? Descend(SafeFileHandle? directory, string path, ReadOnlySpan<string> names)
    {
        if (directory is null)
        {
            return null;
        }

        if (names.IsEmpty)
        {
            return new AnchoredDirectory(directory, path);
        }

        using (directory)
        {
            var child = $"{path}/{names[0]}";
            return Descend(OpenChild(directory, names[0], child), child, names[1..]);
        }
    }

    private static SafeFileHandle? OpenRoot(string path) => Checked(NativeMethods.Open(path, PlaceFlags, 0), path);

    private static SafeFileHandle? OpenChild(SafeFileHandle parent, string name, string path) =>
        Checked(NativeMethods.OpenAt(parent, name, PlaceFlags.WithoutFollowing(), 0), path);

    private static SafeFileHandle? Checked(SafeFileHandle directory, string path)
    {
        if (!directory.IsInvalid)
        {
            return directory;
        }

        var errno = (Errno)Marshal.GetLastPInvokeError();
        directory.Dispose();
        return errno switch
        {
            Errno.NoEntry => null,
            Errno.NotDirectory or Errno.Loop => throw new ForeignFileException(path, "no directory"),
            _ => throw new SystemCallException(errno, "open", path),
        };
    }

    private nint OpenStream()
    {
        using var readable = NativeMethods.OpenAt(_handle, ".", (OpenFlags.ReadOnly | OpenFlags.CloseOnExec).OnlyDirectory(), 0);
        if (readable.IsInvalid)
        {
            throw SystemCallException.Last("list", _path);
        }

        var stream = NativeMethods.OpenStream((int)readable.DangerousGetHandle());
        if (stream == 0)
        {
            throw SystemCallException.Last("list", _path);
        }

        // From here on closedir closes it.
        readable.SetHandleAsInvalid();
        return stream;
    }

    /// <summary>The end and a failure both come as a null pointer; only the error number tells.</summary>
    private nint Next(nint stream)
    {
        var entry = NativeMethods.ReadStream(stream);
        return entry != 0 || Marshal.GetLastPInvokeError() is 0 ? entry : throw SystemCallException.Last("list", _path);
    }
}
