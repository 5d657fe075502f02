namespace Bento.Repositories;

/// <summary>What git says of the files of some directories. By real paths; links are entries of their own.</summary>
internal sealed class WorkTreeFiles
{
    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>Nothing is in a work tree.</summary>
    public static WorkTreeFiles None { get; } = new();

    /// <summary>Whether a directory is one that git was asked about.</summary>
    public bool Has(string directory) => _roots.Contains(directory);

    /// <summary>Finds what git says of a file or directory.</summary>
    public FileOrigin Find(string realPath) =>
        _origins.TryGetValue(realPath, out var origin) ? origin
        : IsInside(realPath) ? FileOrigin.Ignored
        : FileOrigin.Unknown;

    /// <summary>Adds a directory that git was asked about.</summary>
    public void Add(string root, IEnumerable<WorkTreeEntry> entries)
    {
        _ = _roots.Add(root);
        var top = Ancestors(root).Last(_roots.Contains);
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

    private bool IsInside(string realPath) => _roots.Count > 0 && Ancestors(realPath).Any(_roots.Contains);

    /// <summary>A path and the directories that it is in.</summary>
    private static IEnumerable<string> Ancestors(string path)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
