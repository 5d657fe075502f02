using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>What a host fetches of a closure, and in which pieces. Pure.</summary>
internal static class TransferPlan
{
    /// <summary>What lies between two wanted files and costs less than a round trip is fetched with them.</summary>
    private const long MaxGapBytes = 32 * 1024;

    /// <summary>A piece that is cut off is fetched again from the first file that is not whole.</summary>
    private const long MaxPieceBytes = 4 << 20;

    /// <param name="manifest">The closure.</param>
    /// <param name="files">What is to be fetched: whole files and patches.</param>
    /// <param name="has">Whether a file is here already.</param>
    /// <returns>The pieces, large files first: what is left at the end is short.</returns>
    public static IReadOnlyList<ClosureTransfer> Of(
        ClosureManifest manifest, IReadOnlyCollection<ClosureFile> files, Predicate<ClosureFile> has)
    {
        var patches = manifest.Paths.Select(path => path.Patch?.File.Hash).OfType<ContentHash>().ToHashSet();
        var wanted = files.DistinctBy(file => file.Hash).Where(file => !has(file)).ToList();
        var own = wanted.Where(file => file.Bundle is null).Select(file => new ClosureTransfer
        {
            Path = patches.Contains(file.Hash) ? AreaPath.Patch(file.Hash) : AreaPath.Nar(file.Hash),
            Files = [file],
        });
        var bundled = wanted.Where(file => file.Bundle is not null)
            .GroupBy(file => file.Bundle!.Value)
            .SelectMany(group => Pieces(AreaPath.Bundle(manifest.Bundles[group.Key].Hash), group.OrderBy(file => file.Offset)));
        return [.. own.Concat(bundled).OrderByDescending(piece => piece.Bytes)];
    }

    private static IEnumerable<ClosureTransfer> Pieces(string path, IEnumerable<ClosureFile> files)
    {
        var piece = new List<ClosureFile>();
        foreach (var file in files)
        {
            if (piece.Count > 0
                && (file.Offset - End(piece[^1]) > MaxGapBytes || End(file) - piece[0].Offset > MaxPieceBytes))
            {
                yield return new ClosureTransfer { Path = path, Files = piece };
                piece = [];
            }

            piece.Add(file);
        }

        if (piece.Count > 0)
        {
            yield return new ClosureTransfer { Path = path, Files = piece };
        }
    }

    private static long End(ClosureFile file) => file.Offset + file.Bytes;
}
