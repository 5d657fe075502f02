using System.IO.Enumeration;
using Bento.Files;
using Bento.Protocol;
using Bento.Repositories;

namespace Bento.Hosts;

/// <summary>
/// Walks a configuration directory: follows links that stay in the Bento directory, leaves out what is not content, and notes what cannot
/// be shipped.
/// </summary>
internal sealed class TreeScanner : IDisposable
{
    private readonly string _bentoDirectory;
    private readonly ConfigurationDirectory _directory;
    private readonly IReadOnlySet<string> _secrets;
    private readonly List<TreeEntry> _entries = [];
    private readonly LeftOutFiles _leftOut;
    private readonly List<FleetProblem> _problems = [];
    private readonly Stack<(ulong Device, ulong Inode)> _ancestors = [];
    private readonly TreeFingerprint _fingerprint = new();
    private IgnoreRules _ignored = IgnoreRules.Default;
    private long _bytes;
    private bool _isTooLarge;

    private TreeScanner(
        string bentoDirectory, ConfigurationDirectory directory, IReadOnlySet<string> secrets, WorkTreeFiles workTree)
    {
        _bentoDirectory = RealPath.Find(bentoDirectory) ?? bentoDirectory;
        _directory = directory;
        _secrets = secrets;
        _leftOut = new LeftOutFiles(workTree);
    }

    /// <param name="bentoDirectory">What no link may lead out of.</param>
    /// <param name="directory">What is walked.</param>
    /// <param name="secrets">The real paths of all directories of secrets: nothing in them becomes part of the tree, by whatever
    /// way.</param>
    /// <param name="workTree">What git says of the files.</param>
    public static TreeScan Scan(
        string bentoDirectory, ConfigurationDirectory directory, IReadOnlySet<string> secrets, WorkTreeFiles workTree)
    {
        using var scanner = new TreeScanner(bentoDirectory, directory, secrets, workTree);
        scanner.Walk(scanner.Walk);
        scanner.RequireDescription();
        return scanner.Finish();
    }

    /// <summary>Walks files and directories of the Bento directory that belong to no configuration directory.</summary>
    /// <param name="bentoDirectory">What they lie in, and what no link may lead out of.</param>
    /// <param name="paths">Their paths in it.</param>
    /// <param name="secrets">The real paths of all directories of secrets.</param>
    /// <param name="workTree">What git says of the files.</param>
    /// <returns>What is shared, by its paths in the Bento directory; what holds it is not among the entries.</returns>
    public static TreeScan ScanShared(
        string bentoDirectory, IEnumerable<string> paths, IReadOnlySet<string> secrets, WorkTreeFiles workTree)
    {
        var whole = new ConfigurationDirectory(".", bentoDirectory, ConfigurationKind.Channel, DirectoryMarks.None);
        using var scanner = new TreeScanner(bentoDirectory, whole, secrets, workTree);
        scanner.Walk((root, _) =>
        {
            foreach (var path in paths)
            {
                scanner.WalkShared(root, path);
            }
        });
        return scanner.Finish();
    }

    private TreeScan Finish() => new(_entries, _problems, _fingerprint.Finish(), _fingerprint.NewestChange)
    {
        SizeBytes = _bytes,
        LeftOut = _leftOut.All,
    };

    private void WalkShared(string root, string path)
    {
        if (FileStatus.Read(Path.Join(root, path)) is null)
        {
            Problem(path, "It should be shared (share), and is not there.");
            return;
        }

        var name = Path.GetFileName(path);
        Entry(Path.Join(root, path), path[..^name.Length], name);
    }

    public void Dispose() => _fingerprint.Dispose();

    private void Walk(Action<string, string> walk)
    {
        try
        {
            if (RealPath.Find(_directory.FullPath) is not { } root)
            {
                Problem(string.Empty, "The directory is gone, or cannot be entered.");
            }
            else if (!_directory.IsWholeTree && !IsInBentoDirectory(root))
            {
                Problem(string.Empty, "The link leads out of the Bento directory. Move what it points to into it.");
            }
            else
            {
                string[] rules = [.. ReadRules(_bentoDirectory), .. _directory.IsWholeTree ? [] : ReadRules(root)];
                _ignored = _ignored.With(rules);
                _leftOut.Add(rules);
                walk(root, string.Empty);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // One directory that cannot be read costs the others nothing.
            Problem(string.Empty, $"It cannot be read: {exception.Message}");
        }
    }

    private void Walk(string realPath, string prefix)
    {
        if (FileStatus.Read(realPath) is not { } status)
        {
            return;
        }

        if (_ancestors.Contains((status.Device, status.Inode)))
        {
            Problem(prefix.TrimEnd('/'), "The link leads back to a directory that it is in. Remove it, or name it in .bentoignore.");
            return;
        }

        _ancestors.Push((status.Device, status.Inode));
        foreach (var name in Names(realPath))
        {
            Entry(Path.Join(realPath, name), prefix, name);
        }

        _ = _ancestors.Pop();
    }

    private void Entry(string fullPath, string prefix, string name)
    {
        var path = prefix + name;
        if (_isTooLarge || (prefix.Length == 0 && (BentoFiles.IsOwn(name) || name == _directory.SecretsName)))
        {
            return;
        }

        if (FileStatus.Read(fullPath) is not { } status)
        {
            NotFound(path);
            return;
        }

        var isLink = status.Kind == FileKind.Link;
        var realPath = isLink ? RealPath.Find(fullPath) : fullPath;
        var target = isLink && realPath is not null ? FileStatus.Read(realPath) : status;
        if (_ignored.IsIgnored(path, target?.Kind == FileKind.Directory) || (isLink && IsBuildResult(name)))
        {
            return;
        }

        if (_leftOut.Takes(path, fullPath, isLink ? realPath : null, target?.Kind == FileKind.Directory))
        {
            return;
        }

        if (realPath is null || (isLink && !IsInBentoDirectory(realPath)))
        {
            Problem(path, realPath is null
                ? "The link leads nowhere. Remove it, or name it in .bentoignore."
                : "The link leads out of the Bento directory. Copy what it points to, or name it in .bentoignore.");
            return;
        }

        if ((isLink || target?.Kind == FileKind.Directory) && IsSecret(realPath))
        {
            Problem(
                path,
                "Secrets are there, and nothing of them may come into the Nix store. Remove the link, or name it in .bentoignore; with "
                    + "one flake for all hosts, the secrets of a host lie in secrets/NAME/.");
            return;
        }

        if (!IsUnpackable(path))
        {
            Problem(
                path,
                $"The path is too long or too deep: a host unpacks {TreeLimits.MaxDepth} levels and {TreeLimits.MaxPathLength} "
                    + "characters.");
            return;
        }

        switch (target?.Kind)
        {
            case FileKind.Directory:
                Add(path, realPath, target.Value, isDirectory: true);
                Walk(realPath, path + "/");
                break;
            case FileKind.File:
                Add(path, realPath, target.Value, isDirectory: false);
                break;
            default:
                Problem(path, "It is neither a file nor a directory. Remove it, or name it in .bentoignore.");
                break;
        }
    }

    /// <summary>A host cannot do without the file that describes it.</summary>
    private void RequireDescription()
    {
        var name = _directory.Kind == ConfigurationKind.Flake ? BentoFiles.Flake : BentoFiles.Configuration;
        if (_leftOut.All.Any(file => file.Path == name))
        {
            Problem(name, "Git does not track it, so it would not reach the host. Run: git add it, or take it out of .gitignore.");
        }
    }

    private void Add(string path, string fullPath, FileStatus status, bool isDirectory)
    {
        if (_entries.Count == TreeLimits.MaxEntries)
        {
            _isTooLarge = true;
            Problem(
                string.Empty,
                $"It has more than {TreeLimits.MaxEntries} files and directories, which no host unpacks. Name what is not configuration "
                    + "in .bentoignore.");
            return;
        }

        _bytes += isDirectory ? 0 : status.SizeBytes;
        if (_bytes > TreeLimits.MaxBytes)
        {
            _isTooLarge = true;
            Problem(
                string.Empty,
                $"Its files have more than {TreeLimits.MaxBytes} bytes together, which no host unpacks. Name what is not configuration in "
                    + ".bentoignore.");
            return;
        }

        _entries.Add(new TreeEntry(path, fullPath, isDirectory, !isDirectory && (status.Mode & UnixFileMode.UserExecute) != 0));
        _fingerprint.Add(path, status, isDirectory);
    }

    /// <summary>A file that went away meanwhile is none of ours. One whose name .NET cannot say is, and a host would miss it.</summary>
    private void NotFound(string path)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal) && !_ignored.IsIgnored(path, isDirectory: false))
        {
            Problem(path, "The name is not text in UTF-8. Rename it, or name it in .bentoignore with ? for what cannot be read.");
        }
    }

    private void Problem(string path, string message) => _problems.Add(new FleetProblem(
        (path.Length, _directory.IsWholeTree) switch
        {
            (0, _) => _directory.Path,
            (_, true) => path,
            _ => $"{_directory.Path}/{path}",
        },
        message));

    private static bool IsUnpackable(string path) =>
        path.Length <= TreeLimits.MaxPathLength && path.Count(c => c == '/') < TreeLimits.MaxDepth;

    /// <summary>What <c>nix build</c> leaves behind: links <c>result</c> and <c>result-*</c>. A file of that name is content.</summary>
    private static bool IsBuildResult(string name) => name == "result" || name.StartsWith("result-", StringComparison.Ordinal);

    private bool IsInBentoDirectory(string realPath) => realPath.StartsWith(_bentoDirectory + "/", StringComparison.Ordinal);

    private bool IsSecret(string realPath)
    {
        for (var path = realPath; _secrets.Count > 0
            && path is not null
            && path.Length >= _bentoDirectory.Length; path = Path.GetDirectoryName(path))
        {
            if (_secrets.Contains(path))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Names(string directory) => new FileSystemEnumerable<string>(
        directory,
        (ref FileSystemEntry entry) => entry.FileName.ToString(),
        new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).Order(StringComparer.Ordinal);

    private static string[] ReadRules(string directory) =>
        GivenFile.ReadText(Path.Join(directory, BentoFiles.Ignore))?.ReplaceLineEndings("\n").Split('\n') ?? [];
}
