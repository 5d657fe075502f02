namespace Bento.Building.Evaluation;

/// <summary>
/// Gives the files of a private copy the time of their commit: what Nix calls <c>self.lastModified</c> of a directory is the newest of
/// them, and must be the same on server and host.
/// </summary>
internal static class SourceTimes
{
    public static void Set(ConfigurationSource source)
    {
        if (source.Provenance?.CommittedAt.UtcDateTime is not { } time || Directory.GetLastWriteTimeUtc(source.Directory) == time)
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source.Directory, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, time);
        }

        // The top last: it tells that all others have it.
        foreach (var directory in Directory.EnumerateDirectories(source.Directory, "*", SearchOption.AllDirectories)
            .Append(source.Directory))
        {
            Directory.SetLastWriteTimeUtc(directory, time);
        }
    }
}
