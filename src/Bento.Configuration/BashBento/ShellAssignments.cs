using System.Text;
using System.Text.RegularExpressions;

namespace Bento.Configuration.BashBento;

/// <summary>Reads the assignments of a shell file as data. Nothing is ever run or expanded: what needs a shell has no value.</summary>
internal static partial class ShellAssignments
{
    private const string PlainPunctuation = "_./:@%+,=-";

    /// <returns>The assignments in order, and the numbers of the lines that are neither assignment nor comment.</returns>
    public static (IReadOnlyList<ShellAssignment> Assignments, IReadOnlyList<int> Others) Read(string text)
    {
        var assignments = new List<ShellAssignment>();
        var others = new List<int>();
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (Assignment().Match(line) is { Success: true } match)
            {
                assignments.Add(new ShellAssignment(index + 1, match.Groups[1].Value, Value(match.Groups[2].Value)));
            }
            else
            {
                others.Add(index + 1);
            }
        }

        return (assignments, others);
    }

    /// <summary>Joins plain and quoted parts up to a blank; behind it only a comment may stand.</summary>
    private static string? Value(string text)
    {
        // A shell would put a home directory here.
        if (text.StartsWith('~'))
        {
            return null;
        }

        var value = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is ' ' or '\t')
            {
                return text[at..].TrimStart() is ['#', ..] ? value.ToString() : null;
            }

            if (text[at] is '\'' or '"')
            {
                var end = text.IndexOf(text[at], at + 1);
                if (end < 0 || (text[at] == '"' && text.AsSpan(at, end - at).ContainsAny("$`\\")))
                {
                    return null;
                }

                _ = value.Append(text, at + 1, end - at - 1);
                at = end;
            }
            else if (char.IsAsciiLetterOrDigit(text[at]) || PlainPunctuation.Contains(text[at], StringComparison.Ordinal))
            {
                _ = value.Append(text[at]);
            }
            else
            {
                return null;
            }
        }

        return value.ToString();
    }

    [GeneratedRegex(@"\A(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Assignment();
}
