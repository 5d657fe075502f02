using System.CommandLine;
using System.CommandLine.Parsing;
using Bento.Cli.Options;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary><c>bento help</c>: the same as <c>--help</c>.</summary>
internal static class HelpCommand
{
    public static Command Create(CliIo io)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command, such as host add. Default: list all commands.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.Validators.Add(result =>
        {
            var at = RootOf(result);
            foreach (var word in result.Tokens.Select(token => token.Value))
            {
                var commands = at.Subcommands;
                if (commands.FirstOrDefault(command => command.Name == word) is not { } known)
                {
                    var names = commands.Where(command => !command.Hidden).Select(command => command.Name);
                    result.AddError($"Unknown command '{word}'.{Suggestion.For(word, names)}");
                    return;
                }

                at = known;
            }
        });
        var command = new Command("help", "Show the help of a command: the same as --help.") { words };
        command.SetAction((parsed, cancellationToken) => parsed.RootCommandResult.Command.Parse([.. parsed.GetValue(words) ?? [], "--help"])
            .InvokeAsync(
                new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false },
                cancellationToken));
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
