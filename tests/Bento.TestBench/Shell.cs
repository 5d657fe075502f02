using System.Diagnostics;

namespace Bento.TestBench;

/// <summary>Runs the small tools of the system that tests need: mount, mkfifo, useradd, ssh-keygen.</summary>
public static class Shell
{
    public static bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    /// <summary>Runs a program to its end and gives what it printed; throws when it fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, output) = Try(program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {exitCode}: {output}");
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Try(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output.Trim());
    }
}
