using Bento.Protocol;
using Bento.Repositories;

namespace Bento.Hosts;

/// <summary>What of a tree stays at home although nobody wrote it into <c>.bentoignore</c>.</summary>
/// <param name="workTree">What git says of the files.</param>
internal sealed class LeftOutFiles(WorkTreeFiles workTree)
{
    private readonly List<LeftOutFile> _files = [];
    private IgnoreRules _ignoredUnlessTracked = IgnoreRules.Untracked;

    public IReadOnlyList<LeftOutFile> All => _files;

    /// <summary>What <c>.bentoignore</c> says has the last word about names.</summary>
    public void Add(IEnumerable<string> rules) => _ignoredUnlessTracked = _ignoredUnlessTracked.With(rules);

    /// <summary>
    /// Whether git would not give it to anybody; or whether, where git does not track it, its name says that it is not configuration.
    /// </summary>
    /// <param name="path">Relative to the tree.</param>
    /// <param name="fullPath">Where it lies, without following it.</param>
    /// <param name="linked">What it leads to; null when it is not a link.</param>
    /// <param name="isDirectory">Whether it is a directory, or a link to one.</param>
    public bool Takes(string path, string fullPath, string? linked, bool isDirectory)
    {
        var origin = workTree.Find(fullPath);
        var isIgnoredByGit = origin == FileOrigin.Ignored || (linked is not null && workTree.Find(linked) == FileOrigin.Ignored);
        if (!isIgnoredByGit && (origin == FileOrigin.Tracked || !_ignoredUnlessTracked.IsIgnored(path, isDirectory)))
        {
            return false;
        }

        if (_files.Count < TreeLimits.MaxEntries)
        {
            _files.Add(new LeftOutFile(path, isIgnoredByGit)
            {
                Submodule = workTree.IsAbsentSubmodule(fullPath) ? new AbsentSubmodule(fullPath) : null,
            });
        }

        return true;
    }
}
