using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bento.Files;

/// <summary>What the kernel knows about a file without opening it. Links are not followed.</summary>
internal readonly record struct FileStatus
{
    private const int TypeMask = 0xF000;

    private FileStatus(in StatxBuffer buffer)
    {
        Kind = (buffer.Mode & TypeMask) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
        Mode = (UnixFileMode)(buffer.Mode & 0xFFF);
        SizeBytes = (long)buffer.Size;
        LinkCount = buffer.LinkCount;
        Owner = new FileOwner(buffer.User, buffer.Group);
        Inode = buffer.Inode;
        Device = ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor;
        Modified = Time(buffer.ModificationSeconds, buffer.ModificationNanoseconds);
        Changed = Time(buffer.ChangeSeconds, buffer.ChangeNanoseconds);
        ChangedNanoseconds = unchecked((buffer.ChangeSeconds * 1_000_000_000) + buffer.ChangeNanoseconds);
        ModifiedNanoseconds = unchecked((buffer.ModificationSeconds * 1_000_000_000) + buffer.ModificationNanoseconds);
    }

    public FileKind Kind { get; }

    public UnixFileMode Mode { get; }

    public long SizeBytes { get; }

    public uint LinkCount { get; }

    public FileOwner Owner { get; }

    public ulong Inode { get; }

    public ulong Device { get; }

    /// <summary>When the content changed; whoever owns the file sets it at will.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>When anything about the file changed, by the kernel's own clock: nobody sets it.</summary>
    public DateTimeOffset Changed { get; }

    /// <summary><see cref="Modified"/> in full, since 1970.</summary>
    public long ModifiedNanoseconds { get; }

    /// <summary><see cref="Changed"/> in full, since 1970.</summary>
    public long ChangedNanoseconds { get; }

    /// <summary>
    /// A regular file with one name: the only thing that Bento reads from a place where others write. It has none any more when another
    /// one took its place between the kernel's look for the name and its answer.
    /// </summary>
    public bool IsPlainFile => Kind == FileKind.File && LinkCount <= 1;

    /// <summary>What stands there, for a sentence.</summary>
    public string Description => Kind switch
    {
        FileKind.File => LinkCount <= 1 ? "a file" : "a file with several names",
        FileKind.Directory => "a directory",
        FileKind.Link => "a symbolic link",
        _ => "a pipe, a socket or a device",
    };

    /// <summary>Looks at a path; null when nothing is there.</summary>
    public static FileStatus? Read(string path)
    {
        var result = NativeMethods.Status(
            NativeMethods.CurrentDirectory, path, NativeMethods.AtSymlinkNoFollow, NativeMethods.StatxBasic, out var buffer);
        return OrNull(result, buffer, path);
    }

    /// <summary>Looks at what a path leads to, through links; null when nothing is there.</summary>
    public static FileStatus? ReadTarget(string path)
    {
        var result = NativeMethods.Status(NativeMethods.CurrentDirectory, path, 0, NativeMethods.StatxBasic, out var buffer);
        return OrNull(result, buffer, path);
    }

    /// <summary>Looks at a name in an open directory; null when nothing is there.</summary>
    public static FileStatus? Read(SafeFileHandle directory, string name)
    {
        var result = NativeMethods.Status(directory, name, NativeMethods.AtSymlinkNoFollow, NativeMethods.StatxBasic, out var buffer);
        return OrNull(result, buffer, name);
    }

    /// <summary>Looks at an entry whose name need not be text; null when it is gone.</summary>
    internal static FileStatus? Read(int directory, nint name)
    {
        var result = NativeMethods.Status(directory, name, NativeMethods.AtSymlinkNoFollow, NativeMethods.StatxBasic, out var buffer);
        return OrNull(result, buffer, Marshal.PtrToStringUTF8(name) ?? string.Empty);
    }

    /// <summary>Looks at an open file.</summary>
    public static FileStatus Read(SafeFileHandle file) =>
        NativeMethods.Status(file, string.Empty, NativeMethods.AtEmptyPath, NativeMethods.StatxBasic, out var buffer) == 0
            ? new FileStatus(buffer)
            : throw SystemCallException.Last("look at", "an open file");

    private static FileStatus? OrNull(int result, in StatxBuffer buffer, string path)
    {
        if (result == 0)
        {
            return new FileStatus(buffer);
        }

        var errno = (Errno)Marshal.GetLastPInvokeError();
        return errno is Errno.NoEntry or Errno.NotDirectory ? null : throw new SystemCallException(errno, "look at", path);
    }

    /// <summary>A host may set any time; what .NET cannot hold becomes its nearest.</summary>
    private static DateTimeOffset Time(long seconds, uint nanoseconds)
    {
        var clamped = Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(clamped).AddTicks(clamped == seconds ? nanoseconds / 100 : 0);
    }
}
