namespace Bento.Hosts;

/// <summary>A configuration tree as it looked at one moment, from the metadata of its files alone.</summary>
/// <param name="Entries">What is shipped, parents before children, in no other order.</param>
/// <param name="Problems">What cannot be shipped.</param>
/// <param name="Fingerprint">A hash of names, inodes, sizes, modes and times: another one means that the tree may have changed, the same
/// one that it has not.</param>
/// <param name="NewestChange">When the last of the files changed, by the clock of the file system.</param>
internal sealed record TreeScan(
    IReadOnlyList<TreeEntry> Entries, IReadOnlyList<FleetProblem> Problems, string Fingerprint, DateTimeOffset NewestChange)
{
    /// <summary>The bytes of all files together.</summary>
    public long SizeBytes { get; init; }

    /// <summary>What lies in the tree and is not shipped, for reasons that nobody wrote into <c>.bentoignore</c>.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; init; } = [];

    /// <summary>How coarse file times may be: a change this close to the scan may come again without showing.</summary>
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(2);

    /// <summary>Whether a later scan with this fingerprint proves that nothing changed (git's "racily clean" problem).</summary>
    public bool IsSettled(DateTimeOffset scannedAt) => NewestChange < scannedAt - Granularity;
}
