using System.Diagnostics;

namespace Bento.Packages.Tests;

/// <summary>Runs programs as somebody would who has the packages and not this repository.</summary>
internal static class Dotnet
{
    /// <summary>Runs <c>dotnet</c> to its end and gives what it printed; fails the test when it fails.</summary>
    public static Task<string> RunAsync(string directory, params string[] arguments) =>
        RunAsync("dotnet", directory, new Dictionary<string, string?>(), arguments);

    /// <summary>Runs a program to its end and gives what it printed; fails the test when it fails.</summary>
    public static async Task<string> RunAsync(
        string program, string directory, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(program, directory, environment, arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {process.ExitCode}\n{output}");
        return output;
    }

    public static Process Start(
        string program, string directory, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test runner was told is not what a fresh project is told.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
