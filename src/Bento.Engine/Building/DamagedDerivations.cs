using System.Text.RegularExpressions;

namespace Bento.Building;

/// <summary>
/// Finds derivations whose files a power cut kept from the disk: Nix takes them for valid, cannot read them, and does not write them again. Removed, they are
/// written by the next evaluation. Nothing but derivations goes: what a machine runs is repaired in its place.
/// </summary>
internal sealed partial class DamagedDerivations(NixTool nix)
{
    private const string Suffix = ".drv";

    /// <summary>Where a file is missing, Nix says so of the first one only.</summary>
    private const int MaxRounds = 20;

    /// <returns>How many were removed; none when all that the systems are built from can be read.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<int> RemoveAsync(IReadOnlyList<SystemDerivation> systems, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var system in systems.DistinctBy(system => system.Derivation))
        {
            for (var round = 0; round < MaxRounds && await FindAsync(system.Derivation, cancellationToken).ConfigureAwait(false) is { Count: > 0 } damaged; round++)
            {
                foreach (var chunk in ArgumentChunks.Split(damaged, path => path.ToString(), ArgumentChunks.MaxBytes))
                {
                    _ = await nix.RunOrThrowAsync(NixCommand.Delete(chunk), cancellationToken).ConfigureAwait(false);
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
        var needed = (await ReadAsync(NixCommand.FindRequisites(derivation), cancellationToken).ConfigureAwait(false)).Where(IsDerivation).ToHashSet();
        HashSet<StorePath> damaged = [];
        foreach (var chunk in ArgumentChunks.Split(needed, path => path.ToString(), ArgumentChunks.MaxBytes))
        {
            var outcome = await nix.RunAsync(NixCommand.Verify(chunk), null, cancellationToken).ConfigureAwait(false);
            foreach (var path in outcome.IsSuccess ? [] : Named(outcome.Error).Where(needed.Contains).Distinct())
            {
                damaged.UnionWith(await ReadAsync(NixCommand.FindDependents(path), cancellationToken).ConfigureAwait(false));
            }
        }

        return damaged.All(IsDerivation) ? damaged : [];
    }

    private static bool IsDerivation(StorePath path) => path.Name.EndsWith(Suffix, StringComparison.Ordinal);

    private static IEnumerable<StorePath> Named(string error) =>
        Quoted().Matches(error).Select(match => StorePath.TryParse(match.Groups[1].Value, out var path) ? path : (StorePath?)null).OfType<StorePath>();

    private async Task<IEnumerable<StorePath>> ReadAsync(NixCommand command, CancellationToken cancellationToken)
    {
        var outcome = await nix.RunOrThrowAsync(command, cancellationToken).ConfigureAwait(false);
        return outcome.Output.Split('\n').Where(line => StorePath.TryParse(line, out _)).Select(line => StorePath.Parse(line));
    }

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
