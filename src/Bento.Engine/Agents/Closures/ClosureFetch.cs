using Bento.Building;
using Bento.Building.Closures;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Closures;

/// <summary>Fetches what the store of the host lacks of a closure, or makes it of what it has, and keeps that across attempts.</summary>
internal sealed class ClosureFetch(
    IOptions<AgentOptions> options, IClosureImport store, ClosureDownload download, ClosureRebuild rebuild, TimeProvider clock)
{
    private readonly string _directory = Path.Join(options.Value.StateDirectory, "closure");
    private readonly ClosureFiles _files = new(Path.Join(options.Value.StateDirectory, "closure"));

    /// <param name="area">The area.</param>
    /// <param name="release">The release; it names a closure.</param>
    /// <param name="onProgress">Gets now and then how many bytes came, and of how many.</param>
    /// <param name="cancellationToken">Stops; what arrived stays.</param>
    /// <exception cref="ContentException">It is not what the release says, or does not fit on the disk.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="NixException">Nix could not be asked what it has.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task FetchAsync(IArea area, Release release, Action<long, long> onProgress, CancellationToken cancellationToken)
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
        await FetchAsync(
            area,
            manifest,
            [.. manifest.Paths.Where(path => missing.Contains(path.Path))],
            new FetchMeter(onProgress, clock),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task FetchAsync(
        IArea area, ClosureManifest manifest, IReadOnlyList<ClosurePath> wanted, FetchMeter meter, CancellationToken cancellationToken)
    {
        _files.Prepare(wanted);
        var here = wanted.Select(path => path.File).Distinct().Where(_files.Has).ToHashSet();
        var plain = wanted.Where(_files.HasPlain).ToHashSet();
        var patched = await rebuild.ChooseAsync(
            wanted.Where(path => !here.Contains(path.File) && !plain.Contains(path)), cancellationToken).ConfigureAwait(false);
        var whole = wanted.Except(patched).Except(plain).Select(path => path.File).ToList();
        var pieces = TransferPlan.Of(manifest, [.. whole, .. patched.Select(path => path.Patch!.File)], Has);
        ClosureRoom.Check(
            _directory,
            ClosureDownload.BytesOf(pieces, _files) + patched.Sum(path => path.NarBytes + path.Patch!.FromBytes),
            manifest.System.Directory,
            wanted.Sum(path => path.NarBytes));
        var early = new EarlyImport(store, _files, manifest, wanted);
        early.Arrived(here);
        await early.DuringAsync(
            download.FetchAsync(area, pieces, _files, meter, early.Arrived, cancellationToken), cancellationToken).ConfigureAwait(false);
        var others = new List<ClosureFile>();
        foreach (var path in patched)
        {
            if (await rebuild.MakeAsync(path, _files, cancellationToken).ConfigureAwait(false))
            {
                _ = plain.Add(path);
            }
            else
            {
                others.Add(path.File);
            }
        }

        await download.FetchAsync(
            area, TransferPlan.Of(manifest, others, _files.Has), _files, meter, _ => { }, cancellationToken).ConfigureAwait(false);
        _files.Cache.Write(manifest.System.Directory, wanted.Select(path => _files.InfoOf(manifest, path, plain.Contains(path))));

        // What was found is not hashed twice.
        bool Has(ClosureFile file) => here.Contains(file) || _files.Has(file);
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
}
