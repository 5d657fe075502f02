using Bento.Building.Programs;

namespace Bento.Building.Store;

/// <summary>Keeps derivations from the garbage collector between their evaluation and their build.</summary>
/// <remarks>
/// The process that evaluated protects them until it ends, and only a root does then. A collector that is faster costs another evaluation
/// (<see cref="BuildFailureKind.Damaged"/>).
/// </remarks>
/// <param name="nix">Runs Nix.</param>
internal sealed class DerivationRoots(NixTool nix)
{
    /// <summary>Makes a root for each.</summary>
    /// <param name="derivations">The derivations.</param>
    /// <param name="directory">Where the links go; who removes it lets the derivations go.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <exception cref="NixException">Nix could not be used, or the directory not be made.</exception>
    public async Task KeepAsync(IReadOnlyList<StorePath> derivations, string directory, CancellationToken cancellationToken)
    {
        if (derivations.Count == 0)
        {
            return;
        }

        var batch = GcRootLinks.Create(directory);
        foreach (var chunk in ArgumentChunks.Split(derivations, derivation => derivation.ToString(), ArgumentChunks.MaxExpressionBytes))
        {
            // That one of them is gone already is found out by the build, which knows what to do.
            _ = await nix.RunAsync(
                NixCommands.PlaceDerivationRoots(chunk, batch.NextLink()), null, cancellationToken).ConfigureAwait(false);
        }
    }
}
