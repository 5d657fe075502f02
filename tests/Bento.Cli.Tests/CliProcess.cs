using System.Diagnostics;

namespace Bento.Cli.Tests;

/// <summary>Runs the program as a process of its own: for what only a process can show, such as a signal or an empty PATH.</summary>
internal sealed record CliProcess(int ExitCode, string Out, string Error)
{
    /// <summary>The program beside the tests, or the one that TESTED_BENTO names: a native one, or one for another processor.</summary>
    public static string Program => Environment.GetEnvironmentVariable("TESTED_BENTO") ?? Path.Join(AppContext.BaseDirectory, "bento");

    public static Task<CliProcess> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunAsync(Program, arguments, environment);

    public static async Task<CliProcess> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string directory = "")
    {
        using var process = Start(program, arguments, environment, directory);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliProcess(process.ExitCode, output, await error);
    }

    public static Process Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string directory = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
