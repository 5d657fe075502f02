using System.Text.RegularExpressions;

namespace Bento.Cli.Tests.Help;

/// <summary>A block of a page of the guide: what somebody types, and what is shown for it.</summary>
/// <param name="Language">What stands behind the fence; empty for a terminal.</param>
/// <param name="Commands">The lines that begin with the prompt of root, without it.</param>
/// <param name="Shown">The other lines.</param>
internal sealed partial record GuideBlock(string Language, IReadOnlyList<string> Commands, IReadOnlyList<string> Shown)
{
    private const string Prompt = "# ";

    public static IReadOnlyList<GuideBlock> Of(string page) =>
        [.. Fence().Matches(page).Select(fence => (Language: fence.Groups[1].Value, Lines: fence.Groups[2].Value.TrimEnd('\n').Split('\n')))
            .Select(block => new GuideBlock(
                block.Language,
                [.. block.Lines.Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => line[Prompt.Length..])],
                [.. block.Lines.Where(line => !line.StartsWith(Prompt, StringComparison.Ordinal))]))];

    /// <summary>
    /// The first line that is shown and was not said, or not behind those before it; null when all were. Three dots stand for anything,
    /// a time for any time, and a system for any system.
    /// </summary>
    public string? FirstMissingIn(string said)
    {
        var lines = said.Split('\n');
        var at = 0;
        foreach (var shown in Shown.Where(line => line.Trim() is not ("" or "...")))
        {
            var pattern = Pattern(shown);
            at = Array.FindIndex(lines, at, line => pattern.IsMatch(Spaces().Replace(line.TrimEnd(), " "))) + 1;
            if (at == 0)
            {
                return shown;
            }
        }

        return null;
    }

    private static Regex Pattern(string shown)
    {
        var text = Regex.Escape(Spaces().Replace(shown.TrimEnd(), " "));
        text = System().Replace(Time().Replace(text, @"[0-9]+\ (s|min)"), @"[0-9a-z]{7}\ \S+");
        return new Regex($"^{text.Replace(@"\.\.\.", ".*", StringComparison.Ordinal)}$");
    }

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[0-9]+\\ (s|min)\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-z]{7}\\ [0-9]+(\\\.[0-9]+)*")]
    private static partial Regex System();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
