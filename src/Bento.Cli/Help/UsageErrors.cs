using System.CommandLine;
using System.CommandLine.Parsing;
using Bento.Cli.Options;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary>Says what is wrong with a command line, and where its help is.</summary>
internal static class UsageErrors
{
    public static int Write(CliIo io, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        foreach (var message in Messages(command, parsed))
        {
            io.Error.WriteLine($"bento: {message}");
        }

        io.Error.WriteLine(
            $"Try '{string.Join(' ', new[] { "bento", CommandTree.PathOf(command), "--help" }.Where(part => part.Length > 0))}'.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> Messages(Command command, ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens;

        // Where an argument is optional, a mistyped option is taken for it.
        if (parsed.Tokens.FirstOrDefault(
            token => token.Type == TokenType.Argument && token.Value is ['-', not (>= '0' and <= '9'), ..])?.Value is { } option)
        {
            var options = command.Options.Where(known => !known.Hidden).Select(known => known.Name);
            return [$"Unknown option '{option}'.{Suggestion.For(option, options)}"];
        }

        if (command.Subcommands.Count > 0)
        {
            var names = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name).ToList();
            var all = $"The commands are {string.Join(", ", names)}.";
            return unknown is not [var name, ..]
                ? [$"A command is missing. {all}"]
                : [$"Unknown command '{name}'. {(Suggestion.Nearest(name, names) is { } near ? $"Did you mean '{near}'?" : all)}"];
        }

        return unknown is [var word, ..]
            ? [
                $"Unexpected argument '{word}'.{(command.Options.Any(known => known.Name == "--on") ? " To choose hosts: bento "
                    + $"{CommandTree.PathOf(command)} --on {word}" : string.Empty)}",
            ]
            : parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ").Replace("\t", string.Empty, StringComparison.Ordinal))
                .Distinct();
    }
}
