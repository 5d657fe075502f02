using System.Security.Cryptography;
using System.Text;
using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>
/// Puts the tree of a directory below <c>hosts/</c> together with what it shares: all lies in it where it lies in the Bento directory, so
/// that <c>../../modules</c> leads to the same files everywhere.
/// </summary>
/// <param name="bentoDirectory">The Bento directory.</param>
/// <param name="shared">What is shared, by its paths in the Bento directory.</param>
internal sealed class SharedFiles(string bentoDirectory, TreeScan shared)
{
    /// <summary>What is shared.</summary>
    public IReadOnlyList<TreeEntry> Entries => shared.Entries;

    /// <summary>Whether a directory is shipped with them: one flake for all hosts holds them already.</summary>
    public static bool Concern(ConfigurationDirectory configuration) => !configuration.IsWholeTree;

    /// <param name="configuration">The directory.</param>
    /// <param name="own">Its tree, by its paths in it.</param>
    /// <returns>Both in one tree.</returns>
    public TreeScan With(ConfigurationDirectory configuration, TreeScan own)
    {
        var (path, below) = (configuration.Path, $"{configuration.Path}/");
        List<TreeEntry> files =
        [
            .. own.Entries.Select(entry => entry with { Path = below + entry.Path }),

            // What of its own directory is shared with others it has already, and what it does not ship stays at home.
            .. shared.Entries.Where(entry => entry.Path != path && !entry.Path.StartsWith(below, StringComparison.Ordinal)),
        ];
        List<TreeEntry> entries = [.. Parents(files.Select(entry => entry.Path).Prepend(below + path), files), .. files];
        return new TreeScan(
            entries,
            [.. own.Problems, .. shared.Problems, .. FindLimit(configuration, entries.Count, own.SizeBytes + shared.SizeBytes)],
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{own.Fingerprint} {path} {shared.Fingerprint}"))),
            own.NewestChange > shared.NewestChange ? own.NewestChange : shared.NewestChange)
        {
            SizeBytes = own.SizeBytes + shared.SizeBytes,
            LeftOut = [.. own.LeftOut, .. shared.LeftOut],
        };
    }

    /// <summary>The directories that hold files of the tree and are not files of it, parents before children.</summary>
    private IEnumerable<TreeEntry> Parents(IEnumerable<string> paths, IReadOnlyList<TreeEntry> files)
    {
        var known = files.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        return paths.SelectMany(Ancestors)
            .Distinct(StringComparer.Ordinal)
            .Where(path => !known.Contains(path))
            .Order(StringComparer.Ordinal)
            .Select(path => new TreeEntry(path, Path.Join(bentoDirectory, path), IsDirectory: true, IsExecutable: false));
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }

    private static IEnumerable<FleetProblem> FindLimit(ConfigurationDirectory configuration, int count, long bytes) =>
        count > TreeLimits.MaxEntries || bytes > TreeLimits.MaxBytes
            ? [new FleetProblem(
                configuration.Path,
                $"With what it shares it has {count} files and directories of {bytes} bytes, and a host unpacks {TreeLimits.MaxEntries} of "
                    + $"{TreeLimits.MaxBytes} bytes. Share less, or name what is not configuration in .bentoignore.")]
            : [];
}
