using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Writes down where each path of a closure lies. Pure.</summary>
internal static class ManifestComposition
{
    /// <param name="infos">The closure, each path behind all that it refers to.</param>
    /// <param name="bundled">Where its small files lie.</param>
    public static ClosureManifest Of(
        IReadOnlyList<NarInfo> infos, IReadOnlyDictionary<ContentHash, (ClosureBundle Bundle, ClosureFile File)> bundled)
    {
        var places = infos.Select((info, index) => (info.Path.BaseName, index))
            .ToDictionary(pair => pair.BaseName, pair => pair.index, StringComparer.Ordinal);
        var bundles = infos.Where(info => bundled.ContainsKey(info.FileHash))
            .Select(info => bundled[info.FileHash].Bundle)
            .DistinctBy(bundle => bundle.Hash)
            .OrderBy(bundle => bundle.Hash.ToString(), StringComparer.Ordinal)
            .ToList();
        return new ClosureManifest
        {
            Bundles = bundles,
            Paths = [.. infos.Select(info => new ClosurePath
            {
                Path = info.Path,
                NarHash = info.NarHash,
                NarBytes = info.NarBytes,
                References = [.. info.References.Select(name => places[name]).Distinct().Order()],
                File = bundled.TryGetValue(info.FileHash, out var place)
                    ? place.File with { Bundle = bundles.FindIndex(bundle => bundle.Hash == place.Bundle.Hash) }
                    : new ClosureFile { Hash = info.FileHash, Bytes = info.FileBytes },
            })],
        };
    }
}
