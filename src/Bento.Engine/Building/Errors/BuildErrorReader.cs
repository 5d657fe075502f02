using System.Text.RegularExpressions;

namespace Bento.Building.Errors;

/// <summary>Reads what an error of a build is about, in the words of any Nix since 2.8.</summary>
internal static partial class BuildErrorReader
{
    private static readonly string[] Sections = ["Output paths:", "For full logs, run"];

    /// <summary>Reads an error.</summary>
    /// <param name="message">What Nix reported, free of control characters.</param>
    /// <returns>The error; null when it only repeats what others say: the failure of a dependency, or the list at the end.</returns>
    public static BuildError? Read(string message)
    {
        if (Repeats().IsMatch(message))
        {
            return null;
        }

        var lines = message.Split('\n').Select(line => line.Trim()).ToList();
        List<string> log = [.. lines.Where(line => line.StartsWith('>')).Select(line => line[1..].Trim())];
        var said = WithoutSections(lines.Where(line => line.Length > 0 && !line.StartsWith('>') && !LogHeading().IsMatch(line)));
        var text = Reason().Replace(string.Join('\n', said), ": ").TrimEnd(';');
        text = text.StartsWith("error:", StringComparison.Ordinal) ? text["error:".Length..].Trim() : text;
        var culprit = Derivation().Match(text) is { Success: true } match && StorePath.TryParse(match.Groups[1].Value, out var derivation)
            ? derivation
            : (StorePath?)null;
        var output = culprit is null
            && Quoted().Match(text) is { Success: true } quoted
            && StorePath.TryParse(quoted.Groups[1].Value, out var path) ? path.Name : null;
        return new BuildError(text, log, culprit, output);
    }

    private static IEnumerable<string> WithoutSections(IEnumerable<string> lines)
    {
        var isInSection = false;
        foreach (var line in lines)
        {
            isInSection = Sections.Any(line.StartsWith)
                || (isInSection && (line.StartsWith('/') || line.StartsWith("nix ", StringComparison.Ordinal)));
            if (!isInSection)
            {
                yield return line;
            }
        }
    }

    // Until 2.30: "1 dependencies of derivation 'x' failed to build"; later: "Cannot build 'x'.\nReason: 1 dependency failed."; "build of
    // 'x', 'y' failed".
    [GeneratedRegex(
        @"dependenc(?:y|ies) of derivation '[^']*' failed|Reason: \d+ dependenc(?:y|ies) failed"
            + @"|^(?:error: *)?(?:build of '|Build failed due to failed dependency)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Repeats();

    [GeneratedRegex(@"^[Ll]ast \d+ log lines:$", RegexOptions.CultureInvariant)]
    private static partial Regex LogHeading();

    [GeneratedRegex(@"\.\nReason: ", RegexOptions.CultureInvariant)]
    private static partial Regex Reason();

    [GeneratedRegex(@"'(/[^'\s]+\.drv)(?:[!^][^']*)?'", RegexOptions.CultureInvariant)]
    private static partial Regex Derivation();

    [GeneratedRegex(@"['""](/[^'""\s]+)['""]", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
