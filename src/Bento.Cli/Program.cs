using System.Collections;
using Bento.Cli;
using Bento.Cli.Terminal;

if (OpenSslCheck.WhyMissing() is { } problem)
{
    await Console.Error.WriteLineAsync(problem);
    return ExitCodes.Machine;
}

var environment = Environment.GetEnvironmentVariables()
    .Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
var io = new CliIo(
    Console.IsOutputRedirected ? PipeWriter.Open(Console.Out) : Console.Out, Console.Error, environment, WorkingDirectory.Enter())
{
    IsOutputTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
    In = Console.In,
    IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
    Width = TerminalSize.Width(environment),
    Height = TerminalSize.Height(),
    ErrorWidth = TerminalSize.ErrorWidth(environment),
    Measure = () => (TerminalSize.Width(environment), TerminalSize.Height()),
};
return await CliApplication.RunAsync(args, io);
