using System.Globalization;
using System.Text.RegularExpressions;
using Bento;

namespace Dashboard.List;

/// <summary>How times, sizes, systems and outcomes are written.</summary>
internal static partial class Words
{
    private const int ShownHash = 7;

    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 5 } => "just now",
        { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds} s ago",
        { TotalHours: < 1 } => $"{(int)age.TotalMinutes} min ago",
        { TotalDays: < 1 } => $"{(int)age.TotalHours} h ago",
        { TotalDays: < 2 } => "yesterday",
        _ => $"{(int)age.TotalDays} days ago",
    };

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 2 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(int)time.TotalMinutes} min",
        _ => $"{(int)time.TotalHours} h",
    };

    public static string Bytes(long bytes) => Math.Abs(bytes) switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => $"{bytes / 1024} KiB",
        < 1024L * 1024 * 1024 => $"{(bytes / (1024d * 1024)).ToString("0.0", CultureInfo.InvariantCulture)} MiB",
        _ => $"{(bytes / (1024d * 1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture)} GiB",
    };

    public static string SignedBytes(long bytes) => bytes switch
    {
        0 => "0 B",
        < 0 => $"−{Bytes(-bytes)}",
        _ => $"+{Bytes(bytes)}",
    };

    public static string Count(int count, string one, string many) =>
        $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";

    public static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>What tells a system from another: the first letters of its hash, and its version.</summary>
    public static string System(StorePath system) =>
        $"{system.HashPart[..ShownHash]} {Version().Match(system.Name).Groups[1].Value}".TrimEnd();

    /// <summary>A name of a program as people write it.</summary>
    public static string Spaced(Enum value) => Capital().Replace(value.ToString(), " $0").Trim().ToLowerInvariant();

    [GeneratedRegex("-([0-9][^-]*)$")]
    private static partial Regex Version();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
