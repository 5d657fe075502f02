using System.CommandLine;
using System.CommandLine.Parsing;
using Bento.Cli.Terminal;

namespace Bento.Cli.Options;

/// <summary><c>-C DIR</c>, before the command or behind it: which Bento directory a command works on.</summary>
internal static class DirectoryOption
{
    private const string Name = "--directory";

    public static Option<string?> Create() => new(Name, "-C")
    {
        Description = "The Bento directory. Default: $BENTO_DIR, else the current directory.",
        HelpName = "DIR",
    };

    /// <summary>What the command line says, else <c>BENTO_DIR</c>, else where the program was started.</summary>
    /// <exception cref="Bento.Hosts.InvalidFleetException">It depends on a current directory that no longer exists.</exception>
    public static string Read(CliIo io, ParseResult parsed) =>
        io.FullPath(Find(parsed)?.Tokens[0].Value ?? io.Variable("BENTO_DIR") ?? ".");

    /// <summary>Whether one was given before a command that works on none.</summary>
    public static bool IsMisplaced(ParseResult parsed) =>
        Find(parsed) is not null
            && parsed.CommandResult.Command is not RootCommand
            && parsed.CommandResult.Command.Options.All(option => option.Name != Name);

    /// <summary>The nearest one on the command line.</summary>
    private static OptionResult? Find(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult command && command.Command.Options.FirstOrDefault(option => option.Name == Name) is { } option
                && command.GetResult(option) is { Tokens.Count: > 0 } found)
            {
                return found;
            }
        }

        return null;
    }
}
