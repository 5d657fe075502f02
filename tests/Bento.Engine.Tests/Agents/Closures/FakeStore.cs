using Bento.Building;
using Bento.Building.Closures;

namespace Bento.Engine.Tests.Agents.Closures;

/// <summary>A store that has what it was given.</summary>
internal sealed class FakeStore : IClosureImport
{
    public HashSet<StorePath> Paths { get; } = [];

    /// <summary>Why nothing is taken; null to take it.</summary>
    public BuildFailure? Failure { get; set; }

    public Task<IReadOnlySet<StorePath>> FindMissingAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<StorePath>>(paths.Except(Paths).ToHashSet());

    /// <summary>What the substituters of the host have; null for none that answers.</summary>
    public HashSet<StorePath>? Substituters { get; set; } = [];

    public async Task SubstituteAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken)
    {
        if (Substituters is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        Paths.UnionWith(paths.Where(Substituters!.Contains));
    }

    /// <summary>What was taken before the end.</summary>
    public List<StorePath> Early { get; } = [];

    /// <summary>Ends when something was.</summary>
    public TaskCompletionSource HasEarly { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<BuildFailure?> ImportAsync(IReadOnlyCollection<StorePath> paths, BinaryCache cache, CancellationToken cancellationToken)
    {
        if (Failure is null)
        {
            Early.AddRange(paths);
            Paths.UnionWith(paths);
            _ = HasEarly.TrySetResult();
        }

        return Task.FromResult(Failure);
    }

    public Task<BuildFailure?> ImportAsync(StorePath system, BinaryCache cache, string root, CancellationToken cancellationToken)
    {
        if (Failure is null)
        {
            Paths.UnionWith(cache.Entries().Select(info => info.Path));
        }

        return Task.FromResult(Failure);
    }
}
