namespace Bento.Repositories;

/// <summary>What git says of the files of some directories. By real paths; links are entries of their own.</summary>
internal sealed class WorkTreeFiles
{
    private readonly Dictionary<string, WorkTreeStatus> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileOrigin> _origins = new(StringComparer.Ordinal);

    private readonly HashSet<string> _absent = new(StringComparer.Ordinal);

    /// <summary>Nothing is in a work tree.</summary>
    public static WorkTreeFiles None { get; } = new();

    /// <summary>Whether a directory is one that git was asked about.</summary>
    public bool Has(string directory) => _roots.ContainsKey(directory);

    /// <summary>Finds what git says of a file or directory.</summary>
    public FileOrigin Find(string realPath) =>
        _origins.TryGetValue(realPath, out var origin) ? origin
        : IsInside(realPath) ? FileOrigin.Ignored
        : FileOrigin.Unknown;

    /// <summary>What git says of the work tree that a directory is in; null when it is in none.</summary>
    public WorkTreeStatus? FindStatus(string realPath) =>
        Ancestors(realPath).FirstOrDefault(_roots.ContainsKey) is { } root ? _roots[root] : null;

    /// <summary>Whether a file is another one than in the commit, or is in none.</summary>
    public bool IsChanged(string realPath) => Find(realPath) != FileOrigin.Tracked || _changed.Contains(realPath);

    /// <summary>The files of a directory that are in the commit and no longer there.</summary>
    public IEnumerable<string> FindRemoved(string directory) =>
        _changed.Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal) && !Path.Exists(path));

    /// <summary>Whether a directory should hold a submodule that is not checked out.</summary>
    public bool IsAbsentSubmodule(string realPath) => _absent.Contains(realPath);

    /// <summary>Adds a submodule that is not checked out.</summary>
    public void AddAbsent(string realPath) => _absent.Add(realPath);

    /// <summary>Adds a directory that git was asked about.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="workTree">The top of its work tree.</param>
    /// <param name="entries">What is in it.</param>
    /// <param name="status">What differs from the commit.</param>
    public void Add(string root, string workTree, IEnumerable<WorkTreeEntry> entries, WorkTreeStatus status)
    {
        _roots[root] = status;
        _changed.UnionWith(status.Changed.Select(path => Path.Join(workTree, path)));
        var top = Ancestors(root).Last(_roots.ContainsKey);
        foreach (var entry in entries.Where(entry => entry.Kind != WorkTreeEntryKind.Repository))
        {
            Add(top, Path.Join(root, entry.Path), entry.Kind == WorkTreeEntryKind.Tracked ? FileOrigin.Tracked : FileOrigin.Untracked);
        }
    }

    /// <summary>The directories above a file are what it is; tracked where one of several files is.</summary>
    private void Add(string top, string path, FileOrigin origin)
    {
        foreach (var at in Ancestors(path).TakeWhile(at => at.Length >= top.Length))
        {
            if (_origins.TryGetValue(at, out var known) && (known == origin || known == FileOrigin.Tracked))
            {
                return;
            }

            _origins[at] = origin;
        }
    }

    private bool IsInside(string realPath) => _roots.Count > 0 && Ancestors(realPath).Any(_roots.ContainsKey);

    /// <summary>A path and the directories that it is in.</summary>
    private static IEnumerable<string> Ancestors(string path)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
