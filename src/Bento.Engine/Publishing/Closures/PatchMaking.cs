using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Makes the patches between closures, each pair of files once, however many hosts have it.</summary>
internal sealed class PatchMaking(ClosureDirectory directory, IPatchTool tool)
{
    /// <param name="closures">What each host has, null for nothing that is known, and what it shall have.</param>
    /// <param name="cancellationToken">Stops; what was made stays.</param>
    /// <returns>For each host the patches that are worth it, by the path that they make.</returns>
    /// <exception cref="IOException">They cannot be written.</exception>
    public async Task<IReadOnlyDictionary<HostName, IReadOnlyDictionary<StorePath, PackedPatch>>> MakeAsync(
        IReadOnlyDictionary<HostName, (ClosureManifest? Before, IReadOnlyList<NarInfo> Infos)> closures,
        CancellationToken cancellationToken)
    {
        var plans = closures.ToDictionary(
            host => host.Key, host => host.Value.Before is { } before ? PatchPlan.Of(before, host.Value.Infos) : []);
        var pairs = plans.Values.SelectMany(plan => plan)
            .DistinctBy(pair => (pair.From.File.Hash, pair.Path.FileHash))
            .ToList();
        var made = new Dictionary<(ContentHash, ContentHash), PackedFile?>();
        if (pairs.Count > 0 && await tool.IsThereAsync(cancellationToken).ConfigureAwait(false))
        {
            var parallelism = new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(pairs, parallelism, async (pair, token) =>
            {
                var patch = await MakeAsync(pair.Path, pair.From, token).ConfigureAwait(false);
                lock (made)
                {
                    made[(pair.From.File.Hash, pair.Path.FileHash)] = patch;
                }
            }).ConfigureAwait(false);
        }

        return plans.ToDictionary(
            host => host.Key,
            host => (IReadOnlyDictionary<StorePath, PackedPatch>)host.Value
                .Select(pair => (pair.Path.Path, pair.From, File: made.GetValueOrDefault((pair.From.File.Hash, pair.Path.FileHash))))
                .Where(pair => pair.File is not null)
                .ToDictionary(pair => pair.Path, pair => new PackedPatch(pair.From, pair.File!)));
    }

    private async Task<PackedFile?> MakeAsync(NarInfo info, ClosurePath from, CancellationToken cancellationToken)
    {
        if (directory.TryFindPatch(from.File.Hash, info.FileHash, out var found))
        {
            return found;
        }

        var work = Directory.CreateTempSubdirectory("bento-patch-").FullName;
        try
        {
            var (before, after, patch) = (Path.Join(work, "before"), Path.Join(work, "after"), Path.Join(work, "patch"));
            if (!await tool.UnpackAsync(directory.Cache.NarFile(from.File.Hash), before, cancellationToken).ConfigureAwait(false)
                || !await tool.UnpackAsync(directory.Cache.FileOf(info), after, cancellationToken).ConfigureAwait(false)
                || !await tool.MakeAsync(before, after, patch, cancellationToken).ConfigureAwait(false))
            {
                // The copy of the release before is not here any more, or damaged.
                return null;
            }

            var bytes = await File.ReadAllBytesAsync(patch, cancellationToken).ConfigureAwait(false);
            return directory.KeepPatch(from.File.Hash, info.FileHash, PatchPlan.IsWorthIt(bytes.Length, info) ? bytes : null);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
