namespace Bento.Cli.Tests.Commands;

/// <summary>Kills a program, or a child of it, at a system call: what strace is given before the program.</summary>
internal static class Kill
{
    /// <summary>At the n-th rename of a thread: where something becomes visible.</summary>
    public static IReadOnlyList<string> AtRename(int n) =>
        ["-f", "-qq", "-o", "/dev/null", "-e", "trace=rename,renameat,renameat2", "-e", $"inject=rename,renameat,renameat2:signal=KILL:when={n}"];
}
