using System.Globalization;

namespace Bento.Processes;

/// <summary>What Linux says about memory.</summary>
internal static class MachineMemory
{
    private const string Machine = "/proc/meminfo";
    private const string ControlGroup = "/sys/fs/cgroup";

    /// <summary>
    /// How much memory programs may still use before others are harmed: of the machine, or of the control group, whichever is less.
    /// </summary>
    /// <returns>Bytes; null when Linux does not say.</returns>
    public static long? Available()
    {
        var machine = ReadKibibytes(Machine, "MemAvailable:");
        return ReadNumber($"{ControlGroup}/memory.max") is { } limit && ReadNumber($"{ControlGroup}/memory.current") is { } used
            ? long.Min(machine ?? long.MaxValue, long.Max(limit - used, 0))
            : machine;
    }

    /// <summary>How much memory a program occupies.</summary>
    /// <param name="processId">The program.</param>
    /// <returns>Bytes; null when it has ended.</returns>
    public static long? Resident(int processId) =>
        ReadKibibytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"), "VmRSS:");

    private static long? ReadKibibytes(string file, string field) =>
        ReadLines(file).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal)) is { } line
        && long.TryParse(
            line[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var kibibytes)
            ? kibibytes * 1024
            : null;

    private static long? ReadNumber(string file) =>
        ReadLines(file) is [var line, ..] && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
