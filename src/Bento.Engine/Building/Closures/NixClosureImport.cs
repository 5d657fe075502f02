using Bento.Building.Errors;
using Bento.Building.Programs;
using Bento.Building.Store;

namespace Bento.Building.Closures;

/// <summary>Has Nix substitute a closure from a directory: it checks the hash of each path that it unpacks.</summary>
internal sealed class NixClosureImport(NixTool nix, StoreQueries store) : IClosureImport
{
    public async Task<IReadOnlySet<StorePath>> FindMissingAsync(
        IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken) =>
        await store.FindInvalidAsync(paths, cancellationToken).ConfigureAwait(false);

    public async Task SubstituteAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken)
    {
        foreach (var chunk in StoreQueries.Chunks(paths))
        {
            _ = await nix.RunAsync(NixCommands.SubstituteWhatThereIs(chunk), null, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<BuildFailure?> ImportAsync(
        IReadOnlyCollection<StorePath> paths, BinaryCache cache, CancellationToken cancellationToken)
    {
        foreach (var chunk in StoreQueries.Chunks(paths))
        {
            if (await ImportAsync(NixCommands.Substitute(chunk, cache.Directory), cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    public Task<BuildFailure?> ImportAsync(StorePath system, BinaryCache cache, string root, CancellationToken cancellationToken) =>
        ImportAsync(NixCommands.Substitute([system], cache.Directory, root), cancellationToken);

    private async Task<BuildFailure?> ImportAsync(NixCommands command, CancellationToken cancellationToken)
    {
        var outcome = await nix.RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess
            ? null
            : Failure(NixErrorText.Of(outcome.Error, outcome.ExitCode));
    }

    private static BuildFailure Failure(string message) => new(FailureClassifier.OfBuild(message, [], isFetcher: false), message);
}
