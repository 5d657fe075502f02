namespace Bento.Cli.Tests.Terminal;

/// <summary>Kills a program at a system call: what strace is given before the program.</summary>
internal static class Kill
{
    private const string Renames = "rename,renameat,renameat2";

    /// <summary>Where something becomes visible, durable, or goes away.</summary>
    private const string Writes = $"{Renames},fsync,fdatasync,syncfs,unlink,unlinkat,ftruncate,mkdir,mkdirat,symlink,symlinkat";

    /// <summary>At the n-th rename of a thread, or of a child: where something becomes visible.</summary>
    public static IReadOnlyList<string> AtRename(int n) =>
        ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={Renames}", "-e", $"inject={Renames}:signal=KILL:when={n}"];

    /// <summary>
    /// At the n-th time that a thread of the program does this call. The programs that it starts are let go: they outlive it, as they
    /// would.
    /// </summary>
    public static IReadOnlyList<string> At(string call, int n) =>
        ["-f", "-b", "execve", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=KILL:when={n}"];

    /// <summary>Not at all: writes each write-class call as a line.</summary>
    public static IReadOnlyList<string> Never(string file) => ["-f", "-b", "execve", "-qq", "-o", file, "-e", $"trace={Writes}"];

    /// <summary>
    /// Reads what <see cref="Never"/> wrote. strace counts each call of each thread alone: the busiest thread says how many there are.
    /// </summary>
    public static IEnumerable<(string Call, int N)> ReadWrites(string file) => File.ReadLines(file)
        .Select(line => line.Split([' ', '('], 3, StringSplitOptions.RemoveEmptyEntries))
        .Where(parts => parts.Length == 3 && Writes.Split(',').Contains(parts[1]))
        .GroupBy(parts => (Thread: parts[0], Call: parts[1]), (key, calls) => (key.Call, Count: calls.Count()))
        .GroupBy(thread => thread.Call, thread => thread.Count, StringComparer.Ordinal)
        .OrderBy(call => call.Key, StringComparer.Ordinal)
        .SelectMany(call => Enumerable.Range(1, call.Max()).Select(n => (call.Key, n)));
}
