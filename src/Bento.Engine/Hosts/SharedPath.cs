namespace Bento.Hosts;

/// <summary>What a configuration directory has to be shipped with, by its path in the Bento directory. Pure.</summary>
internal static class SharedPath
{
    /// <summary>Finds what a file refers to.</summary>
    /// <param name="file">The file, by its path in the Bento directory.</param>
    /// <param name="reference">A path that is relative to the file.</param>
    /// <returns>A path in the Bento directory; null for the directory itself, and for what lies out of it.</returns>
    public static string? Resolve(string file, string reference)
    {
        var names = new Stack<string>(file.Split('/')[..^1]);
        foreach (var name in reference.Split('/'))
        {
            if (name == ".." && !names.TryPop(out _))
            {
                return null;
            }

            if (name is not ("" or "." or ".."))
            {
                names.Push(name);
            }
        }

        return names.Count == 0 ? null : string.Join('/', names.Reverse());
    }

    /// <summary>What to share for that: the whole of a directory beside hosts/, and of what is in hosts/ as little.</summary>
    public static string ToShare(string path) => path.Split('/') switch
    {
        [BentoFiles.HostsDirectory, var name, ..] => $"{BentoFiles.HostsDirectory}/{name}",
        [var top, ..] => top,
        _ => path,
    };
}
