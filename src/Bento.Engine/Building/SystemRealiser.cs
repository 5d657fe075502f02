using Bento.Hosts;
using Microsoft.Extensions.Options;

namespace Bento.Building;

/// <summary>Builds systems by Nix, all in one invocation.</summary>
/// <param name="nix">Runs Nix.</param>
/// <param name="roots">Keeps what was built.</param>
/// <param name="options">How much of a log is remembered.</param>
internal sealed class SystemRealiser(NixTool nix, SystemRoots roots, IOptions<NixOptions> options)
{
    private readonly DamagedDerivations _damaged = new(nix);

    /// <inheritdoc cref="ISystemBuilder.BuildAsync"/>
    public async Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> systems, BuildSettings settings, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        if (settings.Repair && await _damaged.RemoveAsync(systems, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            var failure = new BuildFailure(BuildFailureKind.Damaged, $"{count} derivations in the store were damaged and are removed: evaluating again makes them anew.");
            return [.. systems.Select(system => new SystemBuild(system, failure))];
        }

        var journal = new BuildJournal(options.Value.LogTailLines, progress);
        var batch = settings.RootsDirectory is null || systems.Count == 0 ? null : RootBatch.Create(settings.RootsDirectory);
        var succeeded = true;
        foreach (var chunk in Chunks(systems.Select(system => system.Derivation)))
        {
            var link = batch?.NextLink();
            var outcome = await nix.RunAsync(NixCommand.Realise(chunk, link, settings.Repair), journal.Read, cancellationToken).ConfigureAwait(false);
            succeeded &= outcome.IsSuccess;
            if (link is not null)
            {
                batch!.Record(chunk, link);
            }
        }

        var failures = succeeded ? [] : await ExplainAsync(systems, journal, cancellationToken).ConfigureAwait(false);
        if (settings.Repair && !succeeded && failures.Count == 0)
        {
            // All of them are valid by the books, which is what a repair does not believe.
            failures = systems.DistinctBy(system => system.Derivation).ToDictionary(system => system.Derivation, _ => BuildExplanation.Of([], journal.Errors));
        }

        var builds = systems.Select(system => new SystemBuild(system, failures.GetValueOrDefault(system.Derivation))).ToList();
        if (batch is not null)
        {
            await roots.KeepAsync(batch, [.. builds.Where(build => build.Failure is null).Select(build => build.Derivation)], cancellationToken).ConfigureAwait(false);
        }

        return builds;
    }

    private static IEnumerable<IReadOnlyList<StorePath>> Chunks(IEnumerable<StorePath> paths) =>
        ArgumentChunks.Split(paths.Distinct(), path => path.ToString(), ArgumentChunks.MaxBytes);

    private async Task<Dictionary<StorePath, BuildFailure>> ExplainAsync(
        IReadOnlyList<SystemDerivation> systems, BuildJournal journal, CancellationToken cancellationToken)
    {
        if (StoreTrouble.Find(string.Join('\n', journal.Errors)) is { } trouble)
        {
            throw trouble;
        }

        var invalid = await FindInvalidAsync(systems, cancellationToken).ConfigureAwait(false);
        var failed = systems.Where(system => invalid.Contains(system.System)).ToList();
        var causes = failed.Count == 0 ? [] : await FindDependentsAsync(journal.Failures, cancellationToken).ConfigureAwait(false);
        return failed.DistinctBy(system => system.Derivation).ToDictionary(
            system => system.Derivation,
            system => BuildExplanation.Of([.. causes.Where(cause => cause.Dependents.Contains(system.Derivation)).Select(cause => cause.Failure)], journal.Errors));
    }

    private async Task<HashSet<StorePath>> FindInvalidAsync(IReadOnlyList<SystemDerivation> systems, CancellationToken cancellationToken)
    {
        HashSet<StorePath> invalid = [];
        foreach (var chunk in Chunks(systems.Select(system => system.System)))
        {
            invalid.UnionWith(await ReadPathsAsync(NixCommand.FindInvalid(chunk), cancellationToken).ConfigureAwait(false));
        }

        return invalid;
    }

    // From the failed derivation upwards, not from each host downwards: a broken package that a thousand hosts need costs one question.
    private async Task<IReadOnlyList<(DerivationFailure Failure, HashSet<StorePath> Dependents)>> FindDependentsAsync(
        IReadOnlyList<DerivationFailure> failures, CancellationToken cancellationToken)
    {
        List<(DerivationFailure, HashSet<StorePath>)> result = [];
        foreach (var failure in failures)
        {
            var dependents = await ReadPathsAsync(NixCommand.FindDependents(failure.Derivation), cancellationToken).ConfigureAwait(false);
            result.Add((failure, [failure.Derivation, .. dependents]));
        }

        return result;
    }

    private async Task<IEnumerable<StorePath>> ReadPathsAsync(NixCommand command, CancellationToken cancellationToken)
    {
        var outcome = await nix.RunOrThrowAsync(command, cancellationToken).ConfigureAwait(false);
        return outcome.Output.Split('\n').Where(line => StorePath.TryParse(line, out _)).Select(line => StorePath.Parse(line));
    }
}
