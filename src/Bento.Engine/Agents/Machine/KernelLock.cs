using System.Globalization;

namespace Bento.Agents.Machine;

/// <summary>Who has a file locked, as the kernel says: found out without taking the lock, which would make others fail. Pure.</summary>
internal static class KernelLock
{
    private static readonly string[] Kinds = ["FLOCK", "POSIX", "OFDLCK"];

    /// <param name="locks">
    /// The lines of /proc/locks: <c>1: FLOCK ADVISORY WRITE 708 00:1a:1234 0 EOF</c>. One that waits has an arrow.
    /// </param>
    /// <param name="inode">The file's.</param>
    /// <param name="kind">What kind of lock counts; null for any that programs take.</param>
    /// <returns>The process; 0 or less when the kernel does not say which. Null when nobody has it.</returns>
    public static int? FindHolder(IEnumerable<string> locks, ulong inode, string? kind = null) => locks
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is [_, var taken, _, _, _, var file, ..]
            && (kind is null ? Kinds.Contains(taken) : taken == kind)
            && file.Split(':') is [_, _, var number]
            && number == inode.ToString(CultureInfo.InvariantCulture))
        .Select(words => int.TryParse(words[4], CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Cast<int?>()
        .FirstOrDefault();
}
