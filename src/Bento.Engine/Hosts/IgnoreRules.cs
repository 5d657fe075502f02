using System.IO.Enumeration;

namespace Bento.Hosts;

/// <summary>What is left out of a tree: the rules of <c>.bentoignore</c>, a subset of gitignore's (no character classes), after Bento's own.</summary>
/// <remarks>Pure. The last rule that matches decides, as in git.</remarks>
internal sealed class IgnoreRules
{
    private readonly IReadOnlyList<Rule> _rules;

    private IgnoreRules(IReadOnlyList<Rule> rules) => _rules = rules;

    /// <summary>What no configuration needs and what changes by itself: version control, direnv, lock files of editors.</summary>
    public static IgnoreRules Default { get; } = new IgnoreRules([]).With([".git", ".direnv", ".#*", ".*.swp"]);

    public IgnoreRules With(IEnumerable<string> lines) => new([.. _rules, .. lines.Select(Rule.Parse).OfType<Rule>()]);

    /// <param name="path">Relative to the tree, with <c>/</c>.</param>
    /// <param name="isDirectory">Whether it is a directory, or a link to one.</param>
    public bool IsIgnored(string path, bool isDirectory)
    {
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            if (_rules[i].Matches(path, isDirectory))
            {
                return !_rules[i].IsNegated;
            }
        }

        return false;
    }

    private sealed record Rule(IReadOnlyList<string> Segments, bool IsNegated, bool OnlyDirectories)
    {
        public static Rule? Parse(string line)
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                return null;
            }

            var negated = text.StartsWith('!');
            text = negated ? text[1..] : text;
            var onlyDirectories = text.EndsWith('/');
            text = text.TrimEnd('/');

            // A pattern without a slash holds at every depth, one with a slash from the top.
            var anchored = text.Contains('/', StringComparison.Ordinal);
            var segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return segments.Length == 0 ? null : new Rule(anchored ? segments : ["**", .. segments], negated, onlyDirectories);
        }

        public bool Matches(string path, bool isDirectory) =>
            (isDirectory || !OnlyDirectories) && Matches(path.Split('/'), 0, 0);

        private bool Matches(string[] path, int pathIndex, int index)
        {
            if (index == Segments.Count)
            {
                return pathIndex == path.Length;
            }

            if (Segments[index] == "**")
            {
                return Enumerable.Range(pathIndex, path.Length - pathIndex + 1).Any(next => Matches(path, next, index + 1));
            }

            return pathIndex < path.Length
                && FileSystemName.MatchesSimpleExpression(Segments[index], path[pathIndex], ignoreCase: false)
                && Matches(path, pathIndex + 1, index + 1);
        }
    }
}
