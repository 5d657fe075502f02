using System.CommandLine;
using System.CommandLine.Parsing;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary><c>bento help</c>: the same as <c>--help</c>, for hands that are used to it.</summary>
internal static class HelpCommand
{
    public static Command Create(CliIo io)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The words of a command; none for all commands.", Arity = ArgumentArity.ZeroOrMore };
        words.Validators.Add(result =>
        {
            Command? at = RootOf(result);
            foreach (var word in result.Tokens.Select(token => token.Value))
            {
                at = at?.Subcommands.FirstOrDefault(command => command.Name == word);
                if (at is null)
                {
                    result.AddError($"'{word}' is no command.");
                    return;
                }
            }
        });
        var command = new Command("help", "Show what a command does: the same as --help.") { words };
        command.SetAction((parsed, cancellationToken) => parsed.RootCommandResult.Command.Parse([.. parsed.GetValue(words) ?? [], "--help"])
            .InvokeAsync(new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false }, cancellationToken));
        return command;
    }

    private static Command RootOf(SymbolResult result)
    {
        while (result.Parent is { } parent)
        {
            result = parent;
        }

        return ((CommandResult)result).Command;
    }
}
