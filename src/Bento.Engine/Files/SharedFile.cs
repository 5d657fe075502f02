using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>Gives a file another name, in a directory where nobody else writes.</summary>
internal static class SharedFile
{
    /// <summary>Makes a name lead to a file, in the place of what has it; false where these two places cannot share files.</summary>
    /// <remarks>Nothing is synced: who links many files syncs once.</remarks>
    public static bool TryLink(string file, string name)
    {
        if (NativeMethods.AddName(file, name) == 0)
        {
            return true;
        }

        switch ((Errno)Marshal.GetLastPInvokeError())
        {
            case Errno.Exists:
                return IsSame(file, name) || TryReplace(file, name);
            case Errno.CrossDevice or Errno.TooManyLinks or Errno.NotPermitted or Errno.NotSupported:
                return false;
            case var errno:
                throw new SystemCallException(errno, $"give '{file}' the name", name);
        }
    }

    private static bool TryReplace(string file, string name)
    {
        var temporary = DurableFile.TemporaryPath(name);
        if (!TryLink(file, temporary))
        {
            return false;
        }

        return NativeMethods.Rename(temporary, name) == 0 ? true : throw SystemCallException.Last("replace", name);
    }

    private static bool IsSame(string left, string right) =>
        FileStatus.Read(left) is { } one && FileStatus.Read(right) is { } other && one.Inode == other.Inode && one.Device == other.Device;
}
