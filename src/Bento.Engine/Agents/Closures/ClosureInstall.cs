using Bento.Building;
using Bento.Building.Closures;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Closures;

/// <summary>Has Nix take a fetched closure into its store, and keeps the system from the garbage collector.</summary>
internal sealed class ClosureInstall(IOptions<AgentOptions> options, IClosureImport store)
{
    private readonly string _root = Path.Join(options.Value.StateDirectory, "closure-root");
    private readonly ClosureFiles _files = new(Path.Join(options.Value.StateDirectory, "closure"));

    /// <returns>Why it failed, and whether fetching again may help; null when the system is in the store.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<(BuildFailure Failure, bool IsTransient)?> InstallAsync(StorePath system, CancellationToken cancellationToken)
    {
        if (await store.ImportAsync(system, _files.Cache, _root, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            // A power cut may have taken what was fetched, or a collector what the store had: then it is fetched again.
            return (
                failure, failure.IsTransient || !_files.AreWhole(await FindMissingAsync(cancellationToken).ConfigureAwait(false)));
        }

        _files.Clear();
        return null;
    }

    private Task<IReadOnlySet<StorePath>> FindMissingAsync(CancellationToken cancellationToken) =>
        store.FindMissingAsync([.. _files.Cache.Entries().Select(info => info.Path)], cancellationToken);

    /// <summary>Lets go what was fetched for other releases, and for one that builds its system the root as well.</summary>
    public void Collect(Release current)
    {
        _files.Clear();
        if (current.Closure is null)
        {
            File.Delete(_root);
        }
    }
}
