using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Writes down where each path of a closure lies. Pure.</summary>
internal static class ManifestComposition
{
    /// <param name="infos">The closure, each path behind all that it refers to.</param>
    /// <param name="bundled">Where its small files lie.</param>
    /// <param name="patches">Shorter ways, by the path that they make.</param>
    public static ClosureManifest Of(
        IReadOnlyList<NarInfo> infos,
        IReadOnlyDictionary<ContentHash, (ClosureBundle Bundle, ClosureFile File)> bundled,
        IReadOnlyDictionary<StorePath, PackedPatch> patches)
    {
        var places = infos.Select((info, index) => (info.Path.BaseName, index))
            .ToDictionary(pair => pair.BaseName, pair => pair.index, StringComparer.Ordinal);
        var bundles = infos.Select(info => info.FileHash)
            .Concat(patches.Values.Select(patch => patch.File.Hash))
            .Where(bundled.ContainsKey)
            .Select(hash => bundled[hash].Bundle)
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
                File = Place(info.FileHash, info.FileBytes),
                Patch = patches.TryGetValue(info.Path, out var patch)
                    ? new ClosurePatch
                    {
                        From = patch.From.Path,
                        FromBytes = patch.From.NarBytes,
                        File = Place(patch.File.Hash, patch.File.Bytes),
                    }
                    : null,
            })],
        };

        ClosureFile Place(ContentHash hash, long bytes) => bundled.TryGetValue(hash, out var place)
            ? place.File with { Bundle = bundles.FindIndex(bundle => bundle.Hash == place.Bundle.Hash) }
            : new ClosureFile { Hash = hash, Bytes = bytes };
    }
}
