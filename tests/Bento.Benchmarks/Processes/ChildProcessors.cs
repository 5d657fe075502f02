using System.Runtime.InteropServices;

namespace Bento.Benchmarks.Processes;

/// <summary>The time of the processors that the ended children of this process took, with theirs in turn: getrusage(2).</summary>
internal static partial class ChildProcessors
{
    private const int Children = -1;

    public static TimeSpan Total()
    {
        Span<long> usage = stackalloc long[18];
        return ReadUsage(Children, ref MemoryMarshal.GetReference(usage)) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException($"getrusage: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    // struct rusage begins with two timevals, and is 144 bytes on all 64-bit platforms of Linux.
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int ReadUsage(int who, ref long usage);
}
