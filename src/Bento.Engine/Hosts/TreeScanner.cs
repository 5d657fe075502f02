using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Bento.Files;

namespace Bento.Hosts;

/// <summary>Walks a configuration directory: follows links that stay in the Bento directory, leaves out what is not content, and notes what cannot be shipped.</summary>
internal sealed class TreeScanner : IDisposable
{
    private const int MaxDepth = 64;

    private readonly string _bentoDirectory;
    private readonly ConfigurationDirectory _directory;
    private readonly IgnoreRules _ignored;
    private readonly List<TreeEntry> _entries = [];
    private readonly List<FleetProblem> _problems = [];
    private readonly Stack<(ulong Device, ulong Inode)> _ancestors = [];
    private readonly IncrementalHash _fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private DateTimeOffset _newestChange;

    private TreeScanner(string bentoDirectory, ConfigurationDirectory directory)
    {
        _bentoDirectory = RealPath.Find(bentoDirectory) ?? bentoDirectory;
        _directory = directory;
        _ignored = IgnoreRules.Default
            .With(ReadRules(Path.Join(bentoDirectory, BentoFiles.Ignore)))
            .With(directory.IsWholeTree ? [] : ReadRules(Path.Join(directory.FullPath, BentoFiles.Ignore)));
    }

    public static TreeScan Scan(string bentoDirectory, ConfigurationDirectory directory)
    {
        using var scanner = new TreeScanner(bentoDirectory, directory);
        scanner.Walk(RealPath.Find(directory.FullPath) ?? directory.FullPath, string.Empty);
        return new TreeScan(
            scanner._entries, scanner._problems, Convert.ToHexStringLower(scanner._fingerprint.GetHashAndReset()), scanner._newestChange);
    }

    public void Dispose() => _fingerprint.Dispose();

    private void Walk(string realPath, string prefix)
    {
        if (FileStatus.Read(realPath) is not { } status)
        {
            return;
        }

        if (_ancestors.Contains((status.Device, status.Inode)) || _ancestors.Count >= MaxDepth)
        {
            Problem(prefix, "A link leads back to a directory that it is in, or the tree is too deep.");
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
        if (FileStatus.Read(fullPath) is not { } status || (prefix.Length == 0 && BentoFiles.IsOwn(name)))
        {
            return;
        }

        var isLink = status.Kind == FileKind.Link;
        var realPath = isLink ? RealPath.Find(fullPath) : fullPath;
        var target = isLink && realPath is not null ? FileStatus.Read(realPath) : status;
        if (_ignored.IsIgnored(path, target?.Kind == FileKind.Directory) || (isLink && IsBuildResult(name)))
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

    private void Add(string path, string fullPath, FileStatus status, bool isDirectory)
    {
        _entries.Add(new TreeEntry(path, fullPath, isDirectory, !isDirectory && (status.Mode & UnixFileMode.UserExecute) != 0));
        _newestChange = status.Changed > _newestChange ? status.Changed : _newestChange;

        // A directory's own times say only what its entries say as well, and change when something ignored in it does.
        ReadOnlySpan<long> facts = isDirectory
            ? [0]
            : [(long)status.Device, (long)status.Inode, status.SizeBytes, (long)status.Mode, status.ModifiedNanoseconds, status.ChangedNanoseconds];
        _fingerprint.AppendData(Encoding.UTF8.GetBytes(path));
        _fingerprint.AppendData([0]);
        _fingerprint.AppendData(MemoryMarshal.AsBytes(facts));
    }

    private void Problem(string path, string message) =>
        _problems.Add(new FleetProblem(_directory.IsWholeTree ? path : $"{_directory.Path}/{path}", message));

    /// <summary>What <c>nix build</c> leaves behind: links <c>result</c> and <c>result-*</c>. A file of that name is content.</summary>
    private static bool IsBuildResult(string name) => name == "result" || name.StartsWith("result-", StringComparison.Ordinal);

    private bool IsInBentoDirectory(string realPath) => realPath.StartsWith(_bentoDirectory + "/", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string directory) => new FileSystemEnumerable<string>(
        directory,
        (ref FileSystemEntry entry) => entry.FileName.ToString(),
        new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).Order(StringComparer.Ordinal);

    private static string[] ReadRules(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
