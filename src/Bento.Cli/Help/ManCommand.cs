using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary><c>bento man</c>: the manual page, for packages: <c>bento man > bento.1</c>.</summary>
internal static class ManCommand
{
    public static Command Create(CliIo io)
    {
        var command = new Command("man", "Print the manual page.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await io.Out.WriteAsync(ManPage.Write(parsed.RootCommandResult.Command).AsMemory(), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
