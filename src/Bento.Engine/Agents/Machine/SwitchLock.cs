using System.Globalization;
using Bento.Files;

namespace Bento.Agents.Machine;

/// <summary>
/// The lock that every <c>switch-to-configuration</c> takes, of whoever: found out without taking it, because whoever wants it at that
/// moment would fail.
/// </summary>
internal static class SwitchLock
{
    private const string LockFile = "/run/nixos/switch-to-configuration.lock";
    private const string KernelLocks = "/proc/locks";

    /// <summary>Who has it; null when nobody has.</summary>
    public static int? FindHolder()
    {
        try
        {
            return FileStatus.Read(LockFile) is { } status ? FindHolder(File.ReadLines(KernelLocks), status.Inode) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <param name="locks">The lines of /proc/locks: <c>1: FLOCK ADVISORY WRITE 708 00:1a:1234 0 EOF</c>.</param>
    /// <param name="inode">The file's; it lies in memory, where nothing else has flock(2) locks under the same number for long.</param>
    public static int? FindHolder(IEnumerable<string> locks, ulong inode) => locks
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is [_, "FLOCK", _, "WRITE", _, var file, ..]
            && file.Split(':') is [_, _, var number]
            && number == inode.ToString(CultureInfo.InvariantCulture))
        .Select(words => int.TryParse(words[4], CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Cast<int?>()
        .FirstOrDefault();
}
