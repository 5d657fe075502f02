namespace Bento.Repositories;

/// <summary>What <c>git status --porcelain=v2 --branch -z</c> says, without untracked files and renames. Pure.</summary>
/// <param name="HasCommits">Whether there is a commit.</param>
/// <param name="Branch">The branch; null when none is checked out.</param>
/// <param name="Changed">The files that are not as the commit has them, relative to the top of the work tree.</param>
internal sealed record WorkTreeStatus(bool HasCommits, string? Branch, IReadOnlyList<string> Changed)
{
    private const string Commit = "# branch.oid ";
    private const string Head = "# branch.head ";
    private const string NoCommit = "(initial)";
    private const string NoBranch = "(detached)";

    /// <summary>How many words stand before the path of an entry: of an ordinary one and of an unmerged one.</summary>
    private const int OrdinaryWords = 8;
    private const int UnmergedWords = 10;

    public static WorkTreeStatus Read(string output)
    {
        var lines = output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var branch = lines.FirstOrDefault(line => line.StartsWith(Head, StringComparison.Ordinal))?[Head.Length..];
        return new WorkTreeStatus(
            lines.Any(line => line.StartsWith(Commit, StringComparison.Ordinal) && line != Commit + NoCommit),
            branch is null or NoBranch ? null : branch,
            [.. lines.Select(PathOf).OfType<string>()]);
    }

    private static string? PathOf(string line)
    {
        var words = line[0] switch
        {
            '1' => OrdinaryWords,
            'u' => UnmergedWords,
            _ => 0,
        };
        var parts = line.Split(' ', words + 1);
        return words > 0 && parts.Length == words + 1 ? parts[^1] : null;
    }
}
