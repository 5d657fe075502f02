using Bento.Building;
using Bento.Building.Closures;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>Says what hosts that build nothing would fetch, before anything is published.</summary>
internal sealed class ClosureForecast(
    ClosureDirectory directory, IClosureExport export, ManifestShelf shelf, PatchMaking patching, [Guarded] ISystemBuilder builder)
{
    /// <param name="hosts">The hosts; their systems are built.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The bytes for each host that gets its system whole, when it has what its release says; not those of which it cannot be
    /// told.
    /// </returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<IReadOnlyDictionary<HostName, long>> ReadAsync(
        IReadOnlyList<PlannedHost> hosts, CancellationToken cancellationToken)
    {
        var forecast = new Dictionary<HostName, long>();
        var whole = hosts.Where(host => host.Wanted.IsWhole).ToList();
        if (whole.Count == 0)
        {
            return forecast;
        }

        try
        {
            directory.Prepare();
            _ = await export.ExportAsync(
                [.. whole.Select(host => host.Wanted.System).Distinct()], directory.Cache, cancellationToken).ConfigureAwait(false);
            var known = new Dictionary<string, NarInfo>(StringComparer.Ordinal);
            var closures = new Dictionary<HostName, (ClosureManifest? Before, IReadOnlyList<NarInfo> Infos)>();
            foreach (var host in whole)
            {
                var before = host.Current?.Closure is { } closure
                    ? await shelf.FindAsync(null, closure, cancellationToken).ConfigureAwait(false)
                    : null;
                closures[host.Name] = (before?.Manifest, directory.Cache.Read(host.Wanted.System, known));
            }

            var patches = await patching.MakeAsync(closures, cancellationToken).ConfigureAwait(false);
            foreach (var host in whole)
            {
                var (before, infos) = closures[host.Name];
                if (await HasAsync(host.Current, before, cancellationToken).ConfigureAwait(false) is { } has)
                {
                    forecast[host.Name] = infos.Where(info => !has.Contains(info.Path))
                        .DistinctBy(info => info.FileHash)
                        .Sum(info => patches[host.Name].GetValueOrDefault(info.Path)?.File.Bytes ?? info.FileBytes);
                }
            }
        }
        catch (Exception exception)
            when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            // A plan does without it: what is in the way there, the deploy says.
        }

        return forecast;
    }

    /// <summary>What the host has when it runs its release; null when that is not known here.</summary>
    private async Task<IReadOnlySet<StorePath>?> HasAsync(
        Release? current, ClosureManifest? before, CancellationToken cancellationToken)
    {
        switch (current)
        {
            case { Closure: not null }:
                return before?.Paths.Select(path => path.Path).ToHashSet();
            case { ExpectedSystem: { } system }:
                return (await builder.ReadClosureAsync(system, cancellationToken).ConfigureAwait(false))?.Paths.Keys.ToHashSet();
            case null:
                return new HashSet<StorePath>();
            default:
                return null;
        }
    }
}
