using Bento.Building;
using Bento.Building.Closures;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Publishing.Closures;

/// <summary>Makes the closures of hosts that build nothing ready to be published. Touches no area.</summary>
internal sealed class ClosurePacking(
    ClosureDirectory directory, IClosureExport export, ManifestShelf shelf, BundleWriter bundles, PatchMaking patching,
    [Guarded] IStatusStore store)
{
    /// <summary>Packs the closure of each host that gets its system whole; one that cannot be packed fails.</summary>
    /// <param name="run">Gets what failed.</param>
    /// <param name="session">Where the areas are.</param>
    /// <param name="hosts">The hosts; their systems are built.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The hosts that can be published; those that get their system whole with their closure.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<IReadOnlyList<PlannedHost>> PackAsync(
        DeployRun run, ITransportSession session, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var whole = hosts.Where(host => host.Evaluated.Spec.Settings.Delivery == Delivery.System).ToList();
        if (whole.Count == 0)
        {
            return hosts;
        }

        run.Report(new FleetEvent.Packing([.. whole.Select(host => host.Name)]));
        var packed = new Dictionary<HostName, ShippedClosure>();
        try
        {
            directory.Prepare();
            var infos = await ReadAsync(run, whole, cancellationToken).ConfigureAwait(false);
            packed = await ComposeAsync(session, infos, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception
            is FormatException or IOException or UnauthorizedAccessException or ContentException or TransportException
            or StatusStoreException)
        {
            foreach (var host in whole)
            {
                run.Fail(host.Name, FailureReading.Of(exception, $"Its closure cannot be packed: {exception.Message}"));
            }
        }

        return [.. hosts.Except(whole).Concat(whole.Where(host => packed.ContainsKey(host.Name))
            .Select(host => host with { Closure = packed[host.Name] })).OrderBy(host => host.Name)];
    }

    /// <summary>The closure of each host as the cache has it; a system that cannot be copied there fails its hosts.</summary>
    private async Task<Dictionary<HostName, IReadOnlyList<NarInfo>>> ReadAsync(
        DeployRun run, IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var systems = hosts.Select(host => host.Wanted.System).Distinct().ToList();
        var failures = new Dictionary<StorePath, string>();
        if (await export.ExportAsync(systems, directory.Cache, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            // One bad system must not hold the others back.
            foreach (var system in systems)
            {
                var alone = systems.Count == 1
                    ? reason
                    : await export.ExportAsync([system], directory.Cache, cancellationToken).ConfigureAwait(false);
                if (alone is not null)
                {
                    failures[system] = alone;
                }
            }
        }

        var (known, infos) = (
            new Dictionary<string, NarInfo>(StringComparer.Ordinal), new Dictionary<HostName, IReadOnlyList<NarInfo>>());
        foreach (var host in hosts)
        {
            if (failures.TryGetValue(host.Wanted.System, out var failure))
            {
                run.Fail(host.Name, FailureKind.Nix, $"Its closure cannot be packed: {failure}");
            }
            else
            {
                infos[host.Name] = directory.Cache.Read(host.Wanted.System, known);
            }
        }

        return infos;
    }

    private async Task<Dictionary<HostName, ShippedClosure>> ComposeAsync(
        ITransportSession session, Dictionary<HostName, IReadOnlyList<NarInfo>> infos, CancellationToken cancellationToken)
    {
        var bundled = new Dictionary<HostName, Dictionary<ContentHash, (ClosureBundle, ClosureFile)>>();
        var closures = new Dictionary<HostName, (ClosureManifest? Before, IReadOnlyList<NarInfo> Infos)>();
        foreach (var (host, closure) in infos)
        {
            var before = await BeforeAsync(session.OpenArea(host), host, cancellationToken).ConfigureAwait(false);
            bundled[host] = new(BundlePlan.Reused(before?.Manifest, closure));
            closures[host] = (before?.Manifest, closure);
        }

        var patches = await patching.MakeAsync(closures, cancellationToken).ConfigureAwait(false);

        // A bundle of patches beside one of whole files: a host fetches from one of the two.
        var groups = BundlePlan.Groups(infos.ToDictionary(host => host.Key, host => Fresh(host.Key, host.Value.Select(Packed))))
            .Concat(BundlePlan.Groups(patches.ToDictionary(
                host => host.Key, host => Fresh(host.Key, host.Value.Values.Select(patch => patch.File)))));
        foreach (var (hosts, files) in groups)
        {
            var (bundle, parts) = await bundles.WriteAsync(files, cancellationToken).ConfigureAwait(false);
            foreach (var (host, part) in hosts.SelectMany(host => parts.Select(part => (host, part))))
            {
                bundled[host][part.Hash] = (bundle, part);
            }
        }

        return infos.ToDictionary(host => host.Key, host =>
        {
            var manifest = ManifestComposition.Of(host.Value, bundled[host.Key], patches[host.Key]);
            var bytes = ClosureManifestJson.Write(manifest);
            return new ShippedClosure { Closure = directory.Keep(bytes), Bytes = bytes, Manifest = manifest };
        });

        IReadOnlyList<PackedFile> Fresh(HostName host, IEnumerable<PackedFile> files) =>
            [.. files.Where(file => file.Bytes < BundlePlan.SmallBytes && !bundled[host].ContainsKey(file.Hash))];
    }

    private PackedFile Packed(NarInfo info) => new(info.FileHash, info.FileBytes, directory.Cache.FileOf(info));

    private async Task<ShippedClosure?> BeforeAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        return record.Releases.Select(published => published.Release.Closure).FirstOrDefault(closure => closure is not null) is { } before
            ? await shelf.FindAsync(area, before, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
