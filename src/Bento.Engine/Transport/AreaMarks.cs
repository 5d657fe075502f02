using Bento.Files;
using Bento.Protocol;

namespace Bento.Transport;

/// <summary>How to tell the area of a host from a directory that somebody has for something else.</summary>
internal static class AreaMarks
{
    private static readonly string[] Marks = [AreaPath.Release, AreaPath.LastChange, AreaPath.Logs];
    private static readonly string[] Names = [.. Marks, AreaPath.Content, AreaPath.Config];

    /// <summary>Whether a host could look for its releases there.</summary>
    public static bool IsArea(string directory) => Marks.Any(mark => FileStatus.Read(Path.Join(directory, mark)) is not null);

    /// <returns>What lies in the directory and in no area, in order; all of it where the directory is not an area.</returns>
    public static IReadOnlyList<string> Foreign(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToList();
        return all.Any(Marks.Contains) ? [.. all.Where(name => !Names.Contains(name) && !DurableFile.IsTemporary(name))] : all;
    }
}
