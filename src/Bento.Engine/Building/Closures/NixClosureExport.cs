using Bento.Building.Errors;
using Bento.Building.Programs;
using Bento.Building.Store;

namespace Bento.Building.Closures;

/// <summary>Has Nix copy closures into a binary cache on disk.</summary>
internal sealed class NixClosureExport(NixTool nix) : IClosureExport
{
    public async Task<string?> ExportAsync(
        IReadOnlyCollection<StorePath> systems, BinaryCache cache, CancellationToken cancellationToken)
    {
        foreach (var chunk in StoreQueries.Chunks(systems))
        {
            var outcome = await nix.RunAsync(
                NixCommands.CopyToCache(chunk, cache.Directory), null, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                return NixErrorText.Of(outcome.Error, outcome.ExitCode);
            }
        }

        return null;
    }
}
