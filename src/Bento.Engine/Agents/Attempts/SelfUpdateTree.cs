using Bento.Files;

namespace Bento.Agents.Attempts;

/// <summary>
/// The private copy of the configuration tree whose lock file the host updates by itself. The tree of the release is never touched.
/// </summary>
internal sealed class SelfUpdateTree(string stateDirectory)
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Directory = File | UnixFileMode.UserExecute;

    private readonly string _path = Path.Join(stateDirectory, "self-update");

    /// <returns>The directory; null when there is none.</returns>
    public string? Find() => FileStatus.Read(_path)?.Kind == FileKind.Directory ? _path : null;

    /// <summary>Copies a tree over what was there.</summary>
    /// <exception cref="IOException">There is no room for it, or it cannot be written.</exception>
    public string Take(string tree, CancellationToken cancellationToken)
    {
        DurableTree.Replace(tree, _path, new TreeAttributes(File, Directory, Owner: null), cancellationToken);
        return _path;
    }

    /// <summary>Waits until the tree is on disk: an attempt is about to rely on it.</summary>
    public void Settle() => DurableFile.SyncTree(_path);
}
