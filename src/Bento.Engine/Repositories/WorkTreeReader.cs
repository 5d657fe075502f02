using Bento.Files;

namespace Bento.Repositories;

/// <summary>Asks git what belongs to a directory: a few calls for each work tree, however many files it has.</summary>
/// <param name="git">Runs git.</param>
internal sealed class WorkTreeReader(GitTool git)
{
    /// <summary>Repositories in repositories in repositories have an end.</summary>
    private const int MaxRepositories = 256;

    private static readonly string[] Tracked = ["ls-files", "-z", "-t", "--stage", "--cached"];
    private static readonly string[] All = [.. Tracked, "--others", "--exclude-standard"];
    private static readonly string[] Status =
        ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=dirty", "--", "."];

    /// <param name="directories">The directories; those that are in no work tree are left out.</param>
    /// <param name="trackedOnly">Whether files that git does not track count as ignored.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">A directory is in a work tree that git does not read.</exception>
    public async Task<WorkTreeFiles> ReadAsync(
        IEnumerable<string> directories, bool trackedOnly, CancellationToken cancellationToken)
    {
        var files = new WorkTreeFiles();
        var open = new Queue<string>(directories.Where(IsInWorkTree).Select(RealPath.Find).OfType<string>());
        for (var count = 0; open.TryDequeue(out var directory); count++)
        {
            if (count == MaxRepositories)
            {
                throw new GitException($"There are more than {MaxRepositories} repositories in this work tree.");
            }

            if (!files.Has(directory))
            {
                await ReadAsync(files, open, directory, trackedOnly, cancellationToken).ConfigureAwait(false);
            }
        }

        return files;
    }

    /// <summary>Whether a directory or one above it has a <c>.git</c>.</summary>
    public static bool IsInWorkTree(string directory) => FindTop(directory) is not null;

    private static string? FindTop(string directory)
    {
        for (var at = RealPath.Find(directory); at is not null; at = Path.GetDirectoryName(at))
        {
            if (IsRepository(at))
            {
                return at;
            }
        }

        return null;
    }

    private static bool IsRepository(string directory) => Path.Exists(Path.Join(directory, ".git"));

    private async Task ReadAsync(
        WorkTreeFiles files, Queue<string> open, string directory, bool trackedOnly, CancellationToken cancellationToken)
    {
        var output = await git.RunAsync(directory, trackedOnly ? Tracked : All, cancellationToken).ConfigureAwait(false);
        List<WorkTreeEntry> entries = [.. WorkTreeEntry.ReadAll(output)];
        if (entries.Count == 0 && !IsRepository(directory))
        {
            // A repository further up, such as that of a home directory, that wants nothing to do with it.
            return;
        }

        var status = WorkTreeStatus.Read(await git.CompareAsync(directory, Status, cancellationToken).ConfigureAwait(false));
        files.Add(directory, FindTop(directory) ?? directory, entries, status);
        foreach (var nested in entries.Where(entry => entry.Kind == WorkTreeEntryKind.Repository)
            .Select(entry => Path.Join(directory, entry.Path)))
        {
            if (IsRepository(nested))
            {
                open.Enqueue(nested);
            }
            else
            {
                files.AddAbsent(nested);
            }
        }
    }
}
