using Bento.Files;

namespace Bento.Agents.Machine;

/// <summary>
/// The lock that every <c>switch-to-configuration</c> takes, of whoever: found out without taking it, because whoever wants it at that
/// moment would fail.
/// </summary>
internal static class SwitchLock
{
    private const string LockFile = "/run/nixos/switch-to-configuration.lock";
    /// <summary>The lock of flock(2); the file lies in memory, where nothing else has one under the same number for long.</summary>
    private const string FileLock = "FLOCK";
    private const string KernelLocks = "/proc/locks";

    /// <summary>Who has it; null when nobody has.</summary>
    public static int? FindHolder()
    {
        try
        {
            return FileStatus.Read(LockFile) is { } status
                ? KernelLock.FindHolder(File.ReadLines(KernelLocks), status.Inode, FileLock)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
