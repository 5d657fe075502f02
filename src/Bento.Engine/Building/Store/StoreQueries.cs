using Bento.Building.Programs;
using Bento.Processes;

namespace Bento.Building.Store;

/// <summary>Asks the store of this machine about paths, by the old commands: they are the same in all versions of Nix.</summary>
/// <param name="nix">Runs Nix.</param>
internal sealed class StoreQueries(NixTool nix)
{
    /// <summary>Finds what the store does not have.</summary>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<HashSet<StorePath>> FindInvalidAsync(IEnumerable<StorePath> paths, CancellationToken cancellationToken)
    {
        HashSet<StorePath> invalid = [];
        foreach (var chunk in Chunks(paths))
        {
            invalid.UnionWith(Paths(await nix.RunOrThrowAsync(NixCommands.FindInvalid(chunk), cancellationToken).ConfigureAwait(false)));
        }

        return invalid;
    }

    /// <summary>Finds the derivations whose outputs are all in the store.</summary>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<HashSet<StorePath>> FindBuiltAsync(IEnumerable<StorePath> derivations, CancellationToken cancellationToken)
    {
        HashSet<StorePath> built = [];
        foreach (var derivation in derivations)
        {
            var outcome = await nix.RunAsync(NixCommands.FindOutputs(derivation), null, cancellationToken).ConfigureAwait(false);
            if (outcome.IsSuccess && (await FindInvalidAsync(Paths(outcome), cancellationToken).ConfigureAwait(false)).Count == 0)
            {
                _ = built.Add(derivation);
            }
        }

        return built;
    }

    /// <summary>Finds everything that needs a path, the path itself among it.</summary>
    /// <returns>Only the path when the store does not know it.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<HashSet<StorePath>> FindDependentsAsync(StorePath path, CancellationToken cancellationToken)
    {
        var outcome = await nix.RunAsync(NixCommands.FindDependents(path), null, cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess ? [path, .. Paths(outcome)] : [path];
    }

    /// <summary>Finds everything that paths need, the paths themselves among it.</summary>
    /// <returns>Empty when the store does not know one of them.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<HashSet<StorePath>> FindRequisitesAsync(IEnumerable<StorePath> paths, CancellationToken cancellationToken)
    {
        HashSet<StorePath> requisites = [];
        foreach (var chunk in Chunks(paths))
        {
            var outcome = await nix.RunAsync(NixCommands.FindRequisites(chunk), null, cancellationToken).ConfigureAwait(false);
            requisites.UnionWith(outcome.IsSuccess ? Paths(outcome) : []);
        }

        return requisites;
    }

    /// <summary>Splits paths so that each part fits on a command line.</summary>
    public static IEnumerable<IReadOnlyList<StorePath>> Chunks(IEnumerable<StorePath> paths) =>
        ArgumentChunks.Split(paths.Distinct(), path => path.ToString(), ArgumentChunks.MaxBytes);

    private static IEnumerable<StorePath> Paths(ProcessOutcome outcome) =>
        outcome.Output.Split('\n').Select(line => StorePath.TryParse(line, out var path) ? path : (StorePath?)null).OfType<StorePath>();
}
