using System.Globalization;
using Bento.Protocol;

namespace Bento.Repositories;

/// <summary>Finds the commit that last changed a directory.</summary>
/// <param name="git">Runs git.</param>
internal sealed class WorkTreeCommit(GitTool git)
{
    private const string TagMark = "tag: ";
    private static readonly string[] Log =
        ["log", "-1", "--encoding=UTF-8", "--decorate-refs=refs/tags/", "--format=%H%x00%ct%x00%D%x00%s"];

    /// <param name="directory">The directory.</param>
    /// <param name="paths">What counts as changes: files and directories; the last commit at all when none of them is in one.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">Git does not say.</exception>
    public async Task<Provenance> FindAsync(string directory, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var output = await git.RunAsync(directory, [.. Log, "--", .. paths], cancellationToken).ConfigureAwait(false);
        if (output.Length == 0)
        {
            output = await git.RunAsync(directory, Log, cancellationToken).ConfigureAwait(false);
        }

        return Read(output) ?? throw new GitException("Git does not say which commit this is.");
    }

    private static Provenance? Read(string output) =>
        output.TrimEnd('\n').Split('\0', 4) is [var commit, var seconds, var names, var subject]
            && ProvenanceDocument.IsCommit(commit)
            && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && time <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new Provenance
            {
                Commit = commit,
                CommittedAt = DateTimeOffset.FromUnixTimeSeconds(time),
                Tag = names.Split(", ").Where(name => name.StartsWith(TagMark, StringComparison.Ordinal))
                    .Select(name => ProvenanceDocument.Text(name[TagMark.Length..]))
                    .FirstOrDefault(),
                Subject = ProvenanceDocument.Text(subject),
            }
            : null;
}
