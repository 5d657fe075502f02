using System.Globalization;

namespace Bento.Benchmarks;

/// <summary>The most memory that this process held since a moment, as the kernel counts it (proc(5): clear_refs, VmHWM).</summary>
internal static class PeakMemory
{
    public static void Reset()
    {
        // What the set-up left is not of the work.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    public static long ReadBytes() => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
        .Single();
}
