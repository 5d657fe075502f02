using Bento.Processes;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Building.Closures;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Closures;

/// <summary>Fetches what the store of the host lacks of a closure, several pieces at once, and keeps what it has across attempts.</summary>
internal sealed class ClosureFetch(IOptions<AgentOptions> options, IClosureImport store, StepWatchdog steps, TimeProvider clock)
{
    private const int MaxConcurrentPieces = 6;

    /// <summary>A server that is slower than this holds the host up; what arrived stays, and it is tried again.</summary>
    private const long LeastBytesPerSecond = 16 * 1024;

    private readonly string _directory = Path.Join(options.Value.StateDirectory, "closure");
    private readonly ClosureFiles _files = new(Path.Join(options.Value.StateDirectory, "closure"));

    /// <exception cref="ContentException">It is not what the release says, or does not fit on the disk.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="NixException">Nix could not be asked what it has.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task FetchAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        var (closure, system) = (release.Closure!, release.ExpectedSystem!.Value);
        if ((await store.FindMissingAsync([system], cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            // What the store has is whole: all that it needs is there too.
            return;
        }

        ClosureManifest manifest;
        using (var deadline = new Deadline(options.Value.TransferTimeout, clock, cancellationToken))
        {
            manifest = await ManifestDownload.FetchAsync(area, closure, system, deadline.Token).ConfigureAwait(false);
        }

        var missing = await FindMissingAsync(manifest, cancellationToken).ConfigureAwait(false);
        var wanted = manifest.Paths.Where(path => missing.Contains(path.Path)).ToList();
        _files.Prepare([.. wanted.Select(path => path.File)]);
        var pieces = TransferPlan.Of(manifest, missing, _files.Has);
        var bytes = pieces.Sum(piece => piece.Bytes - (piece.Files.Count == 1 ? _files.PartialBytes(piece.Files[0]) : 0));
        ClosureRoom.Check(_directory, bytes, system.Directory, wanted.Sum(path => path.NarBytes));
        await FetchAsync(area, pieces, bytes, cancellationToken).ConfigureAwait(false);
        _files.Cache.Write(system.Directory, wanted.Select(path => InfoOf(manifest, path)));
    }

    private async Task<IReadOnlySet<StorePath>> FindMissingAsync(ClosureManifest manifest, CancellationToken cancellationToken)
    {
        StorePath[] all = [.. manifest.Paths.Select(path => path.Path)];
        var missing = await store.FindMissingAsync(all, cancellationToken).ConfigureAwait(false);
        if (!options.Value.UseSubstituters || missing.Count == 0)
        {
            return missing;
        }

        using var deadline = new Deadline(options.Value.TransferTimeout, clock, cancellationToken);
        try
        {
            // Nobody else has the system itself.
            await store.SubstituteAsync([.. missing.Where(path => path != manifest.System)], deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A cache that is away or slow: what it did not send comes from the area.
        }

        return await store.FindMissingAsync(all, cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchAsync(IArea area, IReadOnlyList<ClosureTransfer> pieces, long bytes, CancellationToken cancellationToken)
    {
        var limit = options.Value.TransferTimeout + TimeSpan.FromSeconds(bytes / LeastBytesPerSecond);
        steps.Begin(limit);
        using var deadline = new Deadline(limit, clock, cancellationToken);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentPieces, CancellationToken = deadline.Token };
        try
        {
            await Parallel.ForEachAsync(
                pieces, parallelism, async (piece, token) => await FetchAsync(area, piece, token).ConfigureAwait(false))
                    .ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && deadline.HasPassed)
        {
            throw new ContentException($"The closure did not arrive within {limit}. What did stays.", exception) { IsTransient = true };
        }
    }

    private async Task FetchAsync(IArea area, ClosureTransfer piece, CancellationToken cancellationToken)
    {
        if (piece.Files is [{ Bundle: null } file])
        {
            await _files.GrowAsync(
                file,
                (from, stream) => CopyAsync(area, piece.Path, from, file.Bytes - from, stream, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return;
        }

        var parts = new PieceStream(piece, _files);
        await using (parts.ConfigureAwait(false))
        {
            await CopyAsync(area, piece.Path, piece.Offset, piece.Bytes, parts, cancellationToken).ConfigureAwait(false);
            if (!parts.IsWhole)
            {
                throw new ContentException($"The server sent less of '{piece.Path}' than the release names.") { IsTransient = true };
            }
        }
    }

    private static async Task CopyAsync(
        IArea area, string path, long offset, long count, Stream destination, CancellationToken cancellationToken)
    {
        if (area.As<IRangedArea>() is { } ranged)
        {
            Found(await ranged.CopyRangeToAsync(path, offset, count, destination, cancellationToken).ConfigureAwait(false), path);
            return;
        }

        var window = new WindowStream(destination, offset, count);
        await using (window.ConfigureAwait(false))
        {
            Found(
                await area.CopyToAsync(path, window, ClosureLimits.MaxFileBytes, cancellationToken).ConfigureAwait(false), path);
        }
    }

    private static void Found(bool isThere, string path)
    {
        if (!isThere)
        {
            throw new ContentException($"The server does not have '{path}', which the release names.") { IsTransient = true };
        }
    }

    private NarInfo InfoOf(ClosureManifest manifest, ClosurePath path) => new()
    {
        Path = path.Path,
        Url = Path.GetRelativePath(_directory, _files.Cache.NarFile(path.File.Hash)),
        FileHash = path.File.Hash,
        FileBytes = path.File.Bytes,
        NarHash = path.NarHash,
        NarBytes = path.NarBytes,
        References = [.. path.References.Select(index => manifest.Paths[index].Path.BaseName)],
    };
}
