namespace Bento.Hosts;

/// <summary>A configuration directory and how its tree looked.</summary>
/// <param name="Configuration">The directory.</param>
/// <param name="Scan">Its tree.</param>
/// <param name="ScannedAt">When the scan began.</param>
internal sealed record ScannedDirectory(ConfigurationDirectory Configuration, TreeScan Scan, DateTimeOffset ScannedAt)
{
    /// <summary>How the tree differs from what is committed; null when it is in no git work tree.</summary>
    public WorkTreeState? WorkTree { get; init; }
}
