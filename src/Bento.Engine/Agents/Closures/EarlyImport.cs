using System.Threading.Channels;
using Bento.Building;
using Bento.Building.Closures;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>
/// Has Nix take what has arrived of a large closure while the rest is on its way: line and processor do not wait for each other, and what
/// is in the store does not lie on the disk twice. A failure costs nothing: what is left is taken at the end.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="files">Where the files arrive.</param>
/// <param name="manifest">The closure.</param>
/// <param name="wanted">What the store lacks of it.</param>
internal sealed class EarlyImport(
    IClosureImport store, ClosureFiles files, ClosureManifest manifest, IReadOnlyCollection<ClosurePath> wanted)
{
    private readonly Channel<ClosureFile> _arrivals = Channel.CreateUnbounded<ClosureFile>();
    private readonly HashSet<StorePath> _missing = [.. wanted.Select(path => path.Path)];
    private readonly HashSet<ContentHash> _here = [];
    private bool _hasBegun;

    /// <summary>Files are here, whole. Thread-safe.</summary>
    public void Arrived(IEnumerable<ClosureFile> arrived)
    {
        foreach (var file in arrived)
        {
            _ = _arrivals.Writer.TryWrite(file);
        }
    }

    /// <summary>Takes what arrives, until the work that brings it has ended.</summary>
    /// <param name="fetch">That work; what it throws, this throws.</param>
    /// <param name="cancellationToken">Stops; what was taken stays.</param>
    /// <exception cref="IOException">What was taken could not be written to disk.</exception>
    public async Task DuringAsync(Task fetch, CancellationToken cancellationToken)
    {
        var taking = TakeAsync(fetch, cancellationToken);
        try
        {
            await fetch.ConfigureAwait(false);
        }
        finally
        {
            _arrivals.Writer.Complete();
            await taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_hasBegun && !fetch.IsCompletedSuccessfully)
            {
                // Else the build does it: nothing is valid that a power cut could take back and nobody would look for.
                DurableFile.SyncFileSystem(manifest.System.Directory);
            }
        }

        await taking.ConfigureAwait(false);
    }

    private async Task TakeAsync(Task fetch, CancellationToken cancellationToken)
    {
        await foreach (var first in _arrivals.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _ = _here.Add(first.Hash);
            while (_arrivals.Reader.TryRead(out var next))
            {
                _ = _here.Add(next.Hash);
            }

            if (fetch.IsCompleted
                || (EarlyPlan.Of(manifest, _missing, file => _here.Contains(file.Hash)) is { Count: > 0 } ready
                    && !await TryTakeAsync(ready, cancellationToken).ConfigureAwait(false)))
            {
                return;
            }
        }
    }

    private async Task<bool> TryTakeAsync(IReadOnlyList<ClosurePath> ready, CancellationToken cancellationToken)
    {
        _hasBegun = true;
        try
        {
            files.Cache.Write(manifest.System.Directory, ready.Select(path => files.InfoOf(manifest, path, isPlain: false)));
            if (await store.ImportAsync([.. ready.Select(path => path.Path)], files.Cache, cancellationToken).ConfigureAwait(false)
                is not null)
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is NixException or IOException)
        {
            return false;
        }

        _missing.ExceptWith(ready.Select(path => path.Path));
        var needed = wanted.Where(path => _missing.Contains(path.Path)).Select(path => path.File.Hash).ToHashSet();
        foreach (var file in ready.Select(path => path.File).Where(file => !needed.Contains(file.Hash)))
        {
            File.Delete(files.PlaceOf(file));
        }

        return true;
    }
}
