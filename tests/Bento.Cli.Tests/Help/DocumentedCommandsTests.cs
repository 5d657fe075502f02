using System.CommandLine;
using System.Text.RegularExpressions;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Help;

/// <summary>Whatever the pages say that somebody can type is a command of the program, with options that it has.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly string Root = Repository.Root;
    private static readonly CliIo Io = new(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/");

    public static TheoryData<string> Documents =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Join(Root, "docs", "guide"), "*.md").Select(path => Path.GetRelativePath(Root, path)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_of_a_page_can_be_typed(string document)
    {
        var program = CliApplication.Root(Io);

        var wrong = Commands(File.ReadAllText(Path.Join(Root, document)))
            .Select(command => (command, problem: Problem(program, command)))
            .Where(said => said.problem is not null)
            .Select(said => $"{said.command}: {said.problem}");

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("bento deploi", "no command 'deploi'")]
    [InlineData("bento deploy --wiat 5m", "no option '--wiat'")]
    [InlineData("sudo bento host add web --key KEY", null)]
    public void A_command_that_does_not_exist_is_found(string command, string? problem) =>
        Assert.Equal(problem, Problem(CliApplication.Root(Io), Assert.Single(Commands($"`{command}`"))));

    private static IEnumerable<string> Commands(string page) =>
        CodeSpan().Matches(page).Select(match => match.Groups[1].Value.ReplaceLineEndings(" "));

    private static string? Problem(Command program, string text)
    {
        var command = program;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word != "bento").Skip(1))
        {
            if (word is "|" or ">" or ";" or "&&")
            {
                break;
            }

            if (command.Subcommands.FirstOrDefault(found => found.Name == word) is { } found)
            {
                command = found;
            }
            else if (word.StartsWith('-'))
            {
                var name = word.TrimEnd(',', '.').Split('=')[0];
                if (!command.Options.Concat(program.Options).Any(option => option.Name == name || option.Aliases.Contains(name)))
                {
                    return $"no option '{name}'";
                }
            }
            else if (command.Subcommands.Count > 0 && char.IsAsciiLetterLower(word[0]))
            {
                return $"no command '{word}'";
            }
        }

        return null;
    }

    [GeneratedRegex(@"`((?:sudo )?bento [a-z][^`]*)`")]
    private static partial Regex CodeSpan();
}
