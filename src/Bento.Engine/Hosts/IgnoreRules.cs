using System.IO.Enumeration;

namespace Bento.Hosts;

/// <summary>
/// What is left out of a tree: the rules of <c>.bentoignore</c>, a subset of gitignore's (no character classes), after Bento's own.
/// </summary>
/// <remarks>Pure. The last rule that matches decides, as in git.</remarks>
internal sealed class IgnoreRules
{
    private readonly IReadOnlyList<Rule> _rules;

    private IgnoreRules(IReadOnlyList<Rule> rules) => _rules = rules;

    /// <summary>
    /// What no configuration needs and what changes by itself: version control, environments of a shell, lock files of editors.
    /// </summary>
    public static IgnoreRules Default { get; } = new IgnoreRules([]).With(
        [".git", ".jj", ".hg", ".svn", ".direnv", ".devenv", ".terraform", ".#*", ".*.swp"]);

    /// <summary>
    /// What beside that lies in a directory without being configuration: private keys, environments, what other tools fetched, and images
    /// of disks. Where git tracks such a file, somebody meant it.
    /// </summary>
    public static IgnoreRules Untracked { get; } = Default.With(
    [
        ".env", ".env.*", ".envrc.private", "id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "*.key",
        "*.p12", "*.pfx", "*.kdbx", ".ssh", ".gnupg", ".aws", "*.tfstate", "*.tfstate.*", ".vagrant", "node_modules", "__pycache__",
        "*.qcow2", "*.vdi", "*.vmdk", "*.vhd", "*.vhdx", "*.img", "*.iso",
    ]);

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
        private const string Anything = "**";

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
            segments = anchored ? segments : [Anything, .. segments];

            // At the end it means what lies below, not the directory itself: a later rule may take something of that back.
            segments = segments is [.., Anything] ? [.. segments, "*"] : segments;
            return segments.All(segment => segment == Anything) ? null : new Rule(segments, negated, onlyDirectories);
        }

        /// <summary>
        /// The one way back that is ever needed is to the last <c>**</c>, so a rule costs no more than its length times the path's.
        /// </summary>
        public bool Matches(string path, bool isDirectory)
        {
            if (OnlyDirectories && !isDirectory)
            {
                return false;
            }

            var names = path.Split('/');
            var (name, segment) = (0, 0);
            var (resumeName, resumeSegment) = (0, -1);
            while (name < names.Length)
            {
                if (segment < Segments.Count && Segments[segment] == Anything)
                {
                    (resumeName, resumeSegment) = (name, ++segment);
                }
                else if (segment < Segments.Count
                    && FileSystemName.MatchesSimpleExpression(Segments[segment], names[name], ignoreCase: false))
                {
                    (name, segment) = (name + 1, segment + 1);
                }
                else if (resumeSegment >= 0)
                {
                    (name, segment) = (++resumeName, resumeSegment);
                }
                else
                {
                    return false;
                }
            }

            return segment == Segments.Count;
        }
    }
}
