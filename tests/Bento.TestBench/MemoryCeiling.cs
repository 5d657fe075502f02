namespace Bento.TestBench;

/// <summary>
/// A group of processes that gets no more memory than a small machine has. Needs root, and a kernel that has the controller.
/// </summary>
public sealed class MemoryCeiling : IDisposable
{
    private const string Controller = "/sys/fs/cgroup/memory";

    private readonly string _group = Path.Join(Controller, $"bento-test-{Guid.NewGuid():N}");

    public MemoryCeiling(long bytes)
    {
        _ = Directory.CreateDirectory(_group);
        File.WriteAllText(Path.Join(_group, "memory.limit_in_bytes"), $"{bytes}");
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? WhyNot =>
        !Shell.IsRoot ? "only root makes control groups"
        : !File.Exists(Path.Join(Controller, "memory.limit_in_bytes")) ? $"this machine has no memory controller at {Controller}"
        : null;

    /// <summary>How many processes were ended because the memory did not suffice.</summary>
    public int Killed => File.ReadLines(Path.Join(_group, "memory.oom_control"))
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
        .Select(line => int.Parse(line["oom_kill ".Length..], System.Globalization.CultureInfo.InvariantCulture))
        .Single();

    /// <summary>The words before those that start a program in it.</summary>
    public IReadOnlyList<string> Enter => ["sh", "-c", $"echo $$ > {_group}/cgroup.procs && exec \"$@\"", "sh"];

    public void Dispose() => Directory.Delete(_group);
}
