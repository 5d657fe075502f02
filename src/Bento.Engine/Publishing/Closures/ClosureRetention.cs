using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Publishing.Closures;

/// <summary>Removes files of closures that no release needs any more to which a host may still go.</summary>
internal sealed class ClosureRetention(
    ClosureDirectory directory, ManifestShelf shelf, [Guarded] IStatusStore store, StagedReleases staged, PinnedReleases pins)
{
    /// <summary>The closures of the newest releases, as many as archives are kept.</summary>
    public static IReadOnlyList<ReleaseClosure> Kept(IEnumerable<Release> releases)
    {
        var newest = releases.OrderByDescending(release => release.Number).ToList();
        var archives = newest.Select(release => release.Content.Archive).Distinct().Take(ContentRetention.KeptReleases).ToHashSet();
        return [.. newest.Where(release => archives.Contains(release.Content.Archive))
            .Select(release => release.Closure)
            .OfType<ReleaseClosure>()
            .Distinct()
            .Take(ContentRetention.KeptReleases)];
    }

    /// <summary>Removes from an area what the kept releases do not name. Where one of their manifests is lost, nothing is.</summary>
    public async Task CollectAsync(
        IArea area, Release current, HostRecord before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Release[] releases = [current, .. before.Releases.Select(published => published.Release)];
        if (releases.All(release => release.Closure is null))
        {
            return;
        }

        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var closure in Kept(releases))
        {
            if (await shelf.FindAsync(area, closure, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                return;
            }

            needed.UnionWith(found.Manifest.Files().Keys);
        }

        var old = new List<string>();
        await foreach (var entry in area.ListAsync(AreaPath.Store, cancellationToken).ConfigureAwait(false))
        {
            var path = $"{AreaPath.Store}/{entry.Name}";
            if (AreaPath.StoredHashOf(entry.Name) is not null
                && !needed.Contains(path)
                && entry.Changed < now - ContentRetention.MinimumAge)
            {
                old.Add(path);
            }
        }

        foreach (var path in old)
        {
            _ = await area.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes from this machine what no host of the fleet keeps.</summary>
    /// <exception cref="StatusStoreException">A record cannot be read: nothing was removed.</exception>
    public async Task CollectHereAsync(CancellationToken cancellationToken)
    {
        if (!directory.Exists)
        {
            return;
        }

        if (staged.Closures() is not { } waiting || pins.Closures() is not { } pinned)
        {
            return;
        }

        var kept = waiting.Concat(pinned).ToHashSet();
        foreach (var host in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
            kept.UnionWith(Kept(record.Releases.Select(published => published.Release)));
        }

        var manifests = new Dictionary<ContentHash, ClosureManifest>();
        foreach (var closure in kept)
        {
            if (await shelf.FindAsync(null, closure, cancellationToken).ConfigureAwait(false) is { } found)
            {
                manifests[closure.Manifest] = found.Manifest;
            }
        }

        directory.Collect(manifests);
    }
}
