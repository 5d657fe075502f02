using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary>
/// What could come next on a half typed command line, for the scripts of <see cref="CompletionScript"/>: <c>word TAB description</c>.
/// </summary>
internal static class Completions
{
    /// <summary>What the scripts say before the line; no command of a person begins so.</summary>
    public const string Request = "[complete]";

    private const int LongestDescription = 60;

    /// <param name="io">Where it is written.</param>
    /// <param name="root">The commands.</param>
    /// <param name="parsing">How lines are parsed.</param>
    /// <param name="line">What is typed up to the cursor, the program first.</param>
    public static int Write(CliIo io, RootCommand root, ParserConfiguration parsing, string line)
    {
        var typed = line.TrimStart();
        var words = typed.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? typed[(end + 1)..] : string.Empty;
        var word = words[(words.LastIndexOf(' ') + 1)..];
        var output = PlainWriter.Styled(io.Out);
        foreach (var item in root.Parse(words, parsing).GetCompletions(words.Length)
            .Where(item => item.Label.StartsWith(word, StringComparison.Ordinal)
                && item.Label is not ['/', ..]
                && item.Label.StartsWith('-') == word.StartsWith('-'))
            .DistinctBy(item => item.Label))
        {
            output.Write($"{PlainLine.Of(item.Label)}\t{TextWidth.Fit(PlainLine.Of(item.Detail ?? string.Empty), LongestDescription)}\n");
        }

        return ExitCodes.Success;
    }
}
