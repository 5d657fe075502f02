namespace Bento.Repositories;

/// <summary>A line of <c>git ls-files -z -t --stage</c>.</summary>
/// <param name="Path">Relative to the directory that was listed; a directory of untracked files of another repository ends with
/// <c>/</c>.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct WorkTreeEntry(string Path, WorkTreeEntryKind Kind)
{
    private const char UntrackedTag = '?';
    private const string SubmoduleMode = "160000 ";

    /// <summary>Reads what git printed. What is not understood is left out.</summary>
    public static IEnumerable<WorkTreeEntry> ReadAll(string output) =>
        output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Read).OfType<WorkTreeEntry>();

    private static WorkTreeEntry? Read(string line)
    {
        if (line is not [var tag, ' ', .. var text])
        {
            return null;
        }

        if (tag == UntrackedTag)
        {
            return text.EndsWith('/')
                ? new WorkTreeEntry(text.TrimEnd('/'), WorkTreeEntryKind.Repository)
                : new WorkTreeEntry(text, WorkTreeEntryKind.Untracked);
        }

        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0 ? null : new WorkTreeEntry(
            text[(tab + 1)..],
            text.StartsWith(SubmoduleMode, StringComparison.Ordinal) ? WorkTreeEntryKind.Repository : WorkTreeEntryKind.Tracked);
    }
}
