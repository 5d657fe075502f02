using Bento.Building.Programs;
using Bento.Building.Store;
using Bento.Hosts;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Building.Realisation;

/// <summary>Builds systems by Nix, all in one invocation.</summary>
/// <remarks>
/// Some failures end Nix in spite of <c>--keep-going</c>: a foreign platform, a missing feature, an output that cannot be stored. What they
/// left untried is built without them; where no message tells whose failure it was, in halves.
/// </remarks>
/// <param name="nix">Runs Nix.</param>
/// <param name="store">Knows what is valid.</param>
/// <param name="roots">Keeps what was built.</param>
/// <param name="options">How much of a log is remembered.</param>
internal sealed class SystemRealiser(NixTool nix, StoreQueries store, SystemRoots roots, IOptions<NixOptions> options)
{
    /// <summary>Enough to find a dozen culprits among a thousand systems.</summary>
    private const int MaxRounds = 100;

    private readonly BuildDiagnosis _diagnosis = new(store);
    private readonly DamagedDerivations _damaged = new(nix, store);

    /// <inheritdoc cref="ISystemBuilder.BuildAsync"/>
    public async Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> systems,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        if (settings.Repair && await _damaged.RemoveAsync(systems, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            return [.. systems.Select(system => new SystemBuild(system, Damaged(count)))];
        }

        var batch = settings.RootsDirectory is null || systems.Count == 0 ? null : GcRootLinks.Create(settings.RootsDirectory);
        var failures = new Dictionary<StorePath, BuildFailure>();
        await RealiseAsync(systems, settings.Repair, batch, failures, progress, cancellationToken).ConfigureAwait(false);
        await RestoreMissingAsync(
            [.. systems.Where(system => !failures.ContainsKey(system.Derivation))],
            batch,
            failures,
            progress,
            cancellationToken).ConfigureAwait(false);
        if (failures.Values.Any(failure => failure.Kind == BuildFailureKind.Damaged))
        {
            await _damaged.RemoveAsync(
                [.. systems.Where(system => failures.GetValueOrDefault(system.Derivation)?.Kind == BuildFailureKind.Damaged)],
                cancellationToken).ConfigureAwait(false);
        }

        if (batch is not null)
        {
            await roots.KeepAsync(
                batch,
                [.. systems.Where(system => !failures.ContainsKey(system.Derivation))],
                failures,
                cancellationToken).ConfigureAwait(false);
        }

        return [.. systems.Select(system => new SystemBuild(system, failures.GetValueOrDefault(system.Derivation)))];
    }

    private async Task RealiseAsync(
        IReadOnlyList<SystemDerivation> systems,
        bool repairs,
        GcRootLinks? batch,
        Dictionary<StorePath, BuildFailure> failures,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var groups = new Stack<IReadOnlyList<SystemDerivation>>(Chunks(systems).Reverse());
        for (var round = 0; groups.TryPop(out var group); round++)
        {
            var journal = new BuildJournal(options.Value.LogTailLines, progress);
            if (await RunAsync(group, repairs, batch, journal, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            var verdict = await _diagnosis.JudgeAsync(group, journal, cancellationToken).ConfigureAwait(false);
            foreach (var (derivation, failure) in verdict.Failures)
            {
                failures[derivation] = failure;
            }

            if (repairs && verdict.Failures.Count + verdict.Untried.Count == 0)
            {
                // All of them are valid by the books, which is what a repair does not believe.
                verdict = verdict with { Untried = group };
            }

            if (verdict.Failures.Count == 0 && (verdict.Untried.Count <= 1 || verdict.General.IsTransient || repairs || round >= MaxRounds))
            {
                foreach (var system in verdict.Untried)
                {
                    failures[system.Derivation] = verdict.General;
                }
            }
            else if (verdict.Failures.Count > 0 && verdict.Untried.Count > 0)
            {
                groups.Push(verdict.Untried);
            }
            else if (verdict.Untried.Count > 0)
            {
                groups.Push([.. verdict.Untried.Skip(verdict.Untried.Count / 2)]);
                groups.Push([.. verdict.Untried.Take(verdict.Untried.Count / 2)]);
            }
        }
    }

    /// <returns>Whether all were built.</returns>
    private async Task<bool> RunAsync(
        IReadOnlyList<SystemDerivation> systems,
        bool repairs,
        GcRootLinks? batch,
        BuildJournal journal,
        CancellationToken cancellationToken)
    {
        List<StorePath> derivations = [.. systems.Select(system => system.Derivation)];
        var link = batch?.NextLink();
        var outcome =
            await nix.RunAsync(NixCommands.Realise(derivations, link, repairs), journal.Read, cancellationToken).ConfigureAwait(false);
        if (link is not null)
        {
            batch!.Record(derivations, link);
        }

        return outcome.IsSuccess;
    }

    /// <summary>After a power cut, or when somebody removed files, outputs are valid in Nix's books that are not on the disk.</summary>
    private async Task RestoreMissingAsync(
        IReadOnlyList<SystemDerivation> built,
        GcRootLinks? batch,
        Dictionary<StorePath, BuildFailure> failures,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var missing = await FindMissingAsync(built, cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return;
        }

        progress.Tell(
            new FleetEvent.Warned($"The store has lost {missing[0].Path}, which its database lists. It is built or fetched again."));
        await RealiseAsync(
            [.. missing.Select(lost => lost.System)], repairs: true, batch, failures, progress, cancellationToken).ConfigureAwait(false);
        foreach (var (system, path) in await FindMissingAsync(
            [.. missing.Select(lost => lost.System)], cancellationToken).ConfigureAwait(false))
        {
            failures.TryAdd(system.Derivation, new BuildFailure(
                BuildFailureKind.Build,
                $"The store has lost {path}, and Nix did not make it again. Run as root: nix-store --verify --check-contents --repair"));
        }
    }

    private async Task<IReadOnlyList<(SystemDerivation System, StorePath Path)>> FindMissingAsync(
        IReadOnlyList<SystemDerivation> systems, CancellationToken cancellationToken)
    {
        var lost = (await store.FindRequisitesAsync(
            systems.Select(system => system.System), cancellationToken).ConfigureAwait(false)).Where(
                path => !Path.Exists(path.ToString()) && new FileInfo(path.ToString()).LinkTarget is null).ToList();
        List<(SystemDerivation, StorePath)> missing = [];
        foreach (var path in lost)
        {
            var dependents = await store.FindDependentsAsync(path, cancellationToken).ConfigureAwait(false);
            missing.AddRange(systems.Where(system => dependents.Contains(system.System)).Select(system => (system, path)));
        }

        return [.. missing.DistinctBy(pair => pair.Item1.Derivation)];
    }

    private static IEnumerable<IReadOnlyList<SystemDerivation>> Chunks(IReadOnlyList<SystemDerivation> systems) =>
        ArgumentChunks.Split(
            systems.DistinctBy(system => system.Derivation), system => system.Derivation.ToString(), ArgumentChunks.MaxBytes);

    private static BuildFailure Damaged(int count) => new(
        BuildFailureKind.Damaged,
        $"{count} derivations in the store were damaged and have been removed. Evaluating again writes them anew.");
}
