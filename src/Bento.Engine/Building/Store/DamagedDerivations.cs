using System.Text.RegularExpressions;
using Bento.Building.Programs;

namespace Bento.Building.Store;

/// <summary>
/// Finds derivations whose files a power cut kept from the disk: Nix takes them for valid, cannot read them, and does not write them again.
/// Removed, they are written by the next evaluation. Nothing but derivations goes: what a machine runs is repaired in its place.
/// </summary>
internal sealed partial class DamagedDerivations(NixTool nix, StoreQueries store)
{
    /// <summary>Where a file is missing, Nix says so of the first one only.</summary>
    private const int MaxRounds = 20;

    /// <returns>How many were removed; none when all that the systems are built from can be read.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<int> RemoveAsync(IReadOnlyList<SystemDerivation> systems, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var system in systems.DistinctBy(system => system.Derivation))
        {
            for (var round = 0; round < MaxRounds
                && await FindAsync(system.Derivation, cancellationToken).ConfigureAwait(false) is { Count: > 0 } damaged; round++)
            {
                foreach (var chunk in StoreQueries.Chunks(damaged))
                {
                    if (!await TryDeleteAsync(chunk, cancellationToken).ConfigureAwait(false))
                    {
                        return removed;
                    }
                }

                removed += damaged.Count;
                if (damaged.Contains(system.Derivation))
                {
                    break;
                }
            }
        }

        return removed;
    }

    private async Task<IReadOnlyCollection<StorePath>> FindAsync(StorePath derivation, CancellationToken cancellationToken)
    {
        var needed = (await store.FindRequisitesAsync([derivation], cancellationToken).ConfigureAwait(false)).Where(
            path => path.IsDerivation).ToHashSet();
        HashSet<StorePath> damaged = [];
        foreach (var chunk in StoreQueries.Chunks(needed))
        {
            var outcome = await nix.RunAsync(NixCommands.Verify(chunk), null, cancellationToken).ConfigureAwait(false);
            foreach (var path in outcome.IsSuccess ? [] : Named(outcome.Error).Where(needed.Contains).Distinct())
            {
                damaged.UnionWith(await store.FindDependentsAsync(path, cancellationToken).ConfigureAwait(false));
            }
        }

        return damaged.All(path => path.IsDerivation) ? damaged : [];
    }

    /// <returns>False where only root may do that: the build then says what cannot be read.</returns>
    private async Task<bool> TryDeleteAsync(IReadOnlyList<StorePath> paths, CancellationToken cancellationToken)
    {
        try
        {
            return (await nix.RunAsync(NixCommands.Delete(paths), null, cancellationToken).ConfigureAwait(false)).IsSuccess;
        }
        catch (NixException)
        {
            return false;
        }
    }

    /// <summary>Of a file that is missing, Nix 2.26 says that '//nix/store/…' does not exist, and 2.34 '/nix/store/…/'.</summary>
    private static IEnumerable<StorePath> Named(string error) =>
        Quoted().Matches(error)
            .Select(match => StorePath.TryParse($"/{match.Groups[1].Value.Trim('/')}", out var path) ? path : (StorePath?)null)
            .OfType<StorePath>();

    [GeneratedRegex("""['"]([^'"]+)['"]""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
