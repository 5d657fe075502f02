namespace Bento.Cli.Rendering;

/// <summary>Shows what an operation does while it does it: bars on a terminal, plain lines elsewhere. Always on standard error.</summary>
internal static class FleetProgress
{
    public static Task<T> RunAsync<T>(CliIo io, OutputStyle style, Func<IProgress<FleetEvent>, Task<T>> operation) =>
        io.IsErrorTerminal && !style.IsVerbose ? LiveProgress.RunAsync(io, operation) : operation(new LineProgress(io.Error, style.IsVerbose));
}
