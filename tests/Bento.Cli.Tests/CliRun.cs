using Bento.Cli.Terminal;

namespace Bento.Cli.Tests;

/// <summary>Runs the program in this process, with everything that it sees given.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static async Task<CliRun> RunAsync(string directory, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var io = new CliIo(output, error, new Dictionary<string, string>(StringComparer.Ordinal) { ["BENTO_DIR"] = directory }, directory)
        {
            Width = 200,
        };
        var exitCode = await CliApplication.RunAsync(arguments, io);
        JsonOutputs.Check(arguments, io, output.ToString());
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
