using Bento.Agents.Machine;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Closures;

/// <summary>Fetches pieces of a closure, several at once, each from where it was cut off.</summary>
internal sealed class ClosureDownload(IOptions<AgentOptions> options, StepWatchdog steps, TimeProvider clock)
{
    /// <summary>
    /// Each asks for 3 MB ahead, which are in memory when they arrive. More at once would only all be whole later: the store takes one
    /// while the next comes.
    /// </summary>
    private const int MaxConcurrentPieces = 2;

    /// <summary>A server that is slower than this holds the host up; what arrived stays, and it is tried again.</summary>
    private const long LeastBytesPerSecond = 16 * 1024;

    /// <summary>How many bytes are still to come.</summary>
    public static long BytesOf(IReadOnlyList<ClosureTransfer> pieces, ClosureFiles files) =>
        pieces.Sum(piece => piece.Bytes - (piece.Files.Count == 1 ? files.PartialBytes(piece.Files[0]) : 0));

    /// <exception cref="ContentException">It is not what the release says, or did not come in time.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task FetchAsync(
        IArea area,
        IReadOnlyList<ClosureTransfer> pieces,
        ClosureFiles files,
        FetchMeter meter,
        Action<IReadOnlyList<ClosureFile>> onArrived,
        CancellationToken cancellationToken)
    {
        meter.Expect(BytesOf(pieces, files));
        var limit = options.Value.TransferTimeout + TimeSpan.FromSeconds(BytesOf(pieces, files) / LeastBytesPerSecond);
        steps.Begin(limit);
        using var deadline = new Deadline(limit, clock, cancellationToken);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentPieces, CancellationToken = deadline.Token };
        try
        {
            await Parallel.ForEachAsync(
                pieces,
                parallelism,
                async (piece, token) =>
                {
                    await FetchAsync(area, piece, files, meter, token).ConfigureAwait(false);
                    onArrived(piece.Files);
                }).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && deadline.HasPassed)
        {
            throw new ContentException($"The closure did not arrive within {limit}. What did stays.", exception) { IsTransient = true };
        }
    }

    private static async Task FetchAsync(
        IArea area, ClosureTransfer piece, ClosureFiles files, FetchMeter meter, CancellationToken cancellationToken)
    {
        if (piece.Files is [{ Bundle: null } file])
        {
            await files.GrowAsync(
                file,
                (from, stream) => CopyAsync(
                    area, piece.Path, from, file.Bytes - from, new MeteredStream(stream, meter), cancellationToken),
                cancellationToken).ConfigureAwait(false);
            return;
        }

        var parts = new PieceStream(piece, files);
        await using (parts.ConfigureAwait(false))
        {
            await CopyAsync(
                area, piece.Path, piece.Offset, piece.Bytes, new MeteredStream(parts, meter), cancellationToken).ConfigureAwait(false);
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
}
