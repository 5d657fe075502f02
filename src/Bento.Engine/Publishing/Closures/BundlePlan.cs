using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>
/// Which small files go into one bundle: those that exactly the same hosts get anew. So a bundle holds nothing that one of its readers does
/// not need, and most of a fleet's new files are in one. Pure.
/// </summary>
internal static class BundlePlan
{
    /// <summary>Smaller ones cost a round trip more than they cost bytes.</summary>
    public const long SmallBytes = 64 * 1024;

    /// <summary>A closure whose small files lie in more bundles than this gets all of them anew in one.</summary>
    private const int MaxReused = 16;

    /// <summary>The small files of the release before, where they still lie.</summary>
    /// <param name="before">Its manifest; null when there is none.</param>
    /// <param name="infos">The closure that is wanted now.</param>
    public static IReadOnlyDictionary<ContentHash, (ClosureBundle Bundle, ClosureFile File)> Reused(
        ClosureManifest? before, IReadOnlyList<NarInfo> infos)
    {
        var needed = infos.Select(info => info.FileHash).ToHashSet();
        var reused = (before?.Paths ?? [])
            .Where(path => path.File.Bundle is not null && needed.Contains(path.File.Hash))
            .DistinctBy(path => path.File.Hash)
            .ToDictionary(path => path.File.Hash, path => (before!.Bundles[path.File.Bundle!.Value], path.File));
        return reused.Values.Select(place => place.Item1.Hash).Distinct().Count() > MaxReused ? [] : reused;
    }

    /// <summary>Groups what is new by who gets it.</summary>
    /// <param name="hosts">The new small files of each host.</param>
    public static IReadOnlyList<(IReadOnlyList<HostName> Hosts, IReadOnlyList<PackedFile> Files)> Groups(
        IReadOnlyDictionary<HostName, IReadOnlyList<PackedFile>> hosts) =>
    [
        .. hosts.OrderBy(host => host.Key)
            .SelectMany(host => host.Value.DistinctBy(file => file.Hash).Select(file => (Host: host.Key, File: file)))
            .GroupBy(pair => pair.File.Hash)
            .GroupBy(file => string.Join(' ', file.Select(pair => pair.Host)), StringComparer.Ordinal)
            .Select(group => (
                (IReadOnlyList<HostName>)[.. group.First().Select(pair => pair.Host)],
                (IReadOnlyList<PackedFile>)
                [
                    .. group.Select(file => file.First().File).OrderBy(file => file.Hash.ToString(), StringComparer.Ordinal),
                ])),
    ];
}
