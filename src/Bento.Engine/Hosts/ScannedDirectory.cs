namespace Bento.Hosts;

/// <summary>A configuration directory and how its tree looked.</summary>
/// <param name="Configuration">The directory.</param>
/// <param name="Scan">Its tree.</param>
/// <param name="ScannedAt">When the scan began.</param>
internal sealed record ScannedDirectory(ConfigurationDirectory Configuration, TreeScan Scan, DateTimeOffset ScannedAt)
{
    /// <summary>
    /// Where in the tree the directory lies, which is where it lies in the Bento directory; null where it is the tree, and shares nothing.
    /// </summary>
    public string? Subdirectory { get; init; }

    /// <summary>Where a file of the tree lies in the Bento directory.</summary>
    public string PlaceOf(TreeEntry entry) =>
        Subdirectory is not null || Configuration.IsWholeTree ? entry.Path : $"{Configuration.Path}/{entry.Path}";

    /// <summary>How the tree differs from what is committed; null when it is in no git work tree.</summary>
    public WorkTreeState? WorkTree { get; init; }
}
