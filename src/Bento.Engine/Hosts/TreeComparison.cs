using Bento.Files;
using Bento.Repositories;

namespace Bento.Hosts;

/// <summary>Compares a tree with what git has of it.</summary>
internal static class TreeComparison
{
    /// <returns>How it differs; null when it is in no work tree.</returns>
    public static WorkTreeState? Compare(
        ConfigurationDirectory configuration, IReadOnlyList<TreeEntry> entries, WorkTreeFiles workTree)
    {
        if (RealPath.Find(configuration.FullPath) is not { } root || workTree.FindStatus(root) is not { } status)
        {
            return null;
        }

        List<string> paths = [root, .. FindLinked(root, entries)];
        return new WorkTreeState
        {
            Branch = status.Branch,
            Paths = paths,
            HasCommits = status.HasCommits,
            FirstChange = entries.Where(entry => !entry.IsDirectory && workTree.IsChanged(entry.FullPath))
                .Select(entry => entry.Path)
                .Concat(paths.SelectMany(workTree.FindRemoved).Select(path => Path.GetRelativePath(root, path)))
                .FirstOrDefault(),
        };
    }

    /// <summary>Entries come with parents before children: what lies in a linked directory follows it.</summary>
    private static IEnumerable<string> FindLinked(string root, IReadOnlyList<TreeEntry> entries)
    {
        var last = root;
        foreach (var path in entries.Select(entry => entry.FullPath).Where(path => !IsIn(root, path)))
        {
            if (!IsIn(last, path))
            {
                yield return last = path;
            }
        }
    }

    private static bool IsIn(string directory, string path) => path.StartsWith(directory + "/", StringComparison.Ordinal);
}
