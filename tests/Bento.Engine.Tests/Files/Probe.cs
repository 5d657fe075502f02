using System.Diagnostics;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

/// <summary>Runs Bento.Probe as a process of its own, under strace where it shall meet a fault.</summary>
internal static class Probe
{
    /// <summary>artifacts/bin/Bento.Probe/debug, beside the tests' own output.</summary>
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "Bento.Probe",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "Bento.Probe.dll");

    /// <summary>The command that runs it, for a file that names commands.</summary>
    public static string Command => $"{Dotnet} {Path.GetFullPath(Program)}";

    private static string Dotnet =>
        Environment.ProcessPath is { } path && path.EndsWith("/dotnet", StringComparison.Ordinal) ? path : "/usr/bin/dotnet";

    public static Process Start(params string[] arguments) => StartProcess("dotnet", [Program, .. arguments]);

    /// <summary>Runs to the end with a fault injected, as strace writes it: <c>fsync:error=EIO:when=1</c>.</summary>
    public static async Task<string> RunInjectedAsync(
        string injection, string? onlyPath, string[] arguments, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");

        string[] only = onlyPath is null ? [] : ["-P", onlyPath];
        using var process = StartProcess(
            "strace", ["-f", "-qq", "-o", "/dev/null", .. only, "-e", $"inject={injection}", "dotnet", Program, .. arguments]);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output.Trim();
    }

    /// <summary>Runs to the end and returns the system calls that it made, one a line, with the path of each descriptor.</summary>
    public static async Task<string[]> RunTracedAsync(string calls, string[] arguments, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");

        using var trace = new TempDirectory();
        using var process = StartProcess(
            "strace", ["-f", "-qq", "-y", "-o", trace["calls"], "-e", $"trace={calls}", "dotnet", Program, .. arguments]);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
        return await File.ReadAllLinesAsync(trace["calls"], cancellationToken);
    }

    private static Process StartProcess(string name, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
