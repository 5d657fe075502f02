using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>
/// A private copy of a configuration tree. What is evaluated, built and shipped is this copy, so an edit during a deploy changes nothing.
/// </summary>
/// <remarks>Modes are 0755 or 0644, times one second after the epoch, links followed: whatever Nix and a tar archive could see differently
/// is the same on server and host.</remarks>
internal sealed class Snapshot
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private Snapshot(string enclosure, int fileCount)
    {
        Directory = Path.Join(enclosure, "source");
        TreeHash = NarHash.Compute(Directory);
        FileCount = fileCount;
    }

    /// <summary>The absolute path of the copy. The directory around it is closed to other users.</summary>
    public string Directory { get; }

    /// <summary>The hash of the tree, as <see cref="NarHash"/> computes it.</summary>
    public TreeHash TreeHash { get; }

    public int FileCount { get; }

    /// <param name="entries">What to copy, parents before children.</param>
    /// <param name="enclosure">The directory to make; must not exist, its parent must.</param>
    /// <param name="cancellationToken">Gives up and removes what was copied.</param>
    public static Snapshot Take(IReadOnlyList<TreeEntry> entries, string enclosure, CancellationToken cancellationToken)
    {
        _ = System.IO.Directory.CreateDirectory(enclosure, Private);
        try
        {
            var root = System.IO.Directory.CreateDirectory(Path.Join(enclosure, "source")).FullName;
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Copy(entry, Path.Join(root, entry.Path));
            }

            NormaliseDirectories(root, entries);
            return new Snapshot(enclosure, entries.Count(entry => !entry.IsDirectory));
        }
        catch
        {
            Remove(enclosure);
            throw;
        }
    }

    private static void Copy(TreeEntry entry, string target)
    {
        if (entry.IsDirectory)
        {
            _ = System.IO.Directory.CreateDirectory(target);
            return;
        }

        File.Copy(entry.FullPath, target);
        File.SetUnixFileMode(target, entry.IsExecutable ? Executable : Readable);
        File.SetLastWriteTimeUtc(target, ContentArchive.EntryTime);
    }

    /// <summary>Times of directories last: putting a file in moves them.</summary>
    private static void NormaliseDirectories(string root, IReadOnlyList<TreeEntry> entries)
    {
        foreach (var path in entries.Where(entry => entry.IsDirectory).Reverse().Select(entry => Path.Join(root, entry.Path)).Append(root))
        {
            File.SetUnixFileMode(path, Executable);
            System.IO.Directory.SetLastWriteTimeUtc(path, ContentArchive.EntryTime);
        }
    }

    private static void Remove(string enclosure)
    {
        if (System.IO.Directory.Exists(enclosure))
        {
            System.IO.Directory.Delete(enclosure, recursive: true);
        }
    }
}
