using System.CommandLine;
using Bento.Cli.Options;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary><c>bento completion</c>: what a shell needs to complete commands, options, hosts and tags.</summary>
internal static class CompletionCommand
{
    public static Command Create(CliIo io)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        _ = shell.OneOf("shell", [.. CompletionScript.All.Keys]);
        var command = new Command("completion", "Print a script for completion in bash, zsh or fish.") { shell };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await io.Out.WriteAsync(CompletionScript.All[parsed.GetValue(shell)!].AsMemory(), cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }
}
