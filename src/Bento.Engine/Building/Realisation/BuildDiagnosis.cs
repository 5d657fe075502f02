using System.Text.RegularExpressions;
using Bento.Building.Errors;
using Bento.Building.Store;

namespace Bento.Building.Realisation;

/// <summary>Finds out which systems a failed build failed, and why.</summary>
/// <param name="store">Knows what is valid and what needs what.</param>
internal sealed partial class BuildDiagnosis(StoreQueries store)
{
    private const int MaxMessages = 3;
    private const int MaxFetcherLines = 3;

    /// <summary>Judges a build.</summary>
    /// <param name="systems">What was to be built.</param>
    /// <param name="journal">What Nix said.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<BuildVerdict> JudgeAsync(
        IReadOnlyList<SystemDerivation> systems, BuildJournal journal, CancellationToken cancellationToken)
    {
        if (StoreTrouble.Find(string.Join('\n', journal.Errors.Select(error => $"error: {error.Message}"))) is { } trouble)
        {
            throw trouble;
        }

        var invalid = await store.FindInvalidAsync(systems.Select(system => system.System), cancellationToken).ConfigureAwait(false);
        var open = systems.Where(system => invalid.Contains(system.System)).DistinctBy(system => system.Derivation).ToList();
        var causes = open.Count == 0 ? [] : await FindCausesAsync(journal, cancellationToken).ConfigureAwait(false);
        var failures = open
            .Select(system => (
                system.Derivation,
                Causes: causes.Where(cause => cause.Dependents.Contains(system.Derivation)).Select(cause => cause.Failure).ToList()))
            .Where(system => system.Causes.Count > 0)
            .ToDictionary(system => system.Derivation, system => Worst(system.Causes));
        return new BuildVerdict(failures, [.. open.Where(system => !failures.ContainsKey(system.Derivation))], General(journal));
    }

    /// <summary>Explains a failure that concerns no derivation in particular.</summary>
    private static BuildFailure General(BuildJournal journal)
    {
        var own = journal.Errors.Where(error => error.Culprit is null)
            .Select(error => error.Message)
            .Concat(journal.RemoteErrors)
            .Take(MaxMessages)
            .ToList();
        var message = own.Count > 0 ? string.Join('\n', own) : "Nix did not build it and did not say why.";
        return new BuildFailure(FailureClassifier.OfBuild(message, [], isFetcher: false), message);
    }

    /// <summary>
    /// From the failed derivation upwards, not from each host downwards: a broken package that a thousand hosts need costs one question.
    /// </summary>
    private async Task<IReadOnlyList<(HashSet<StorePath> Dependents, BuildFailure Failure)>> FindCausesAsync(
        BuildJournal journal, CancellationToken cancellationToken)
    {
        List<(HashSet<StorePath>, BuildFailure)> causes = [];
        var suspects = journal.Errors.Select(error => error.Suspect).OfType<StorePath>().Distinct().ToList();
        var built = await store.FindBuiltAsync(suspects, cancellationToken).ConfigureAwait(false);
        foreach (var error in journal.Errors.DistinctBy(error => error.Culprit ?? error.Suspect))
        {
            var failure = (error.Culprit ?? error.Suspect) is { } derivation ? Explain(error, derivation, journal) : null;

            // A full disk or an unreachable builder is not the fault of whatever was being built at that moment.
            if (failure is not null && (error.Culprit is not null || !(failure.IsTransient || built.Contains(error.Suspect!.Value))))
            {
                causes.Add((
                    await store.FindDependentsAsync((error.Culprit ?? error.Suspect)!.Value, cancellationToken).ConfigureAwait(false),
                    failure));
            }
        }

        return causes;
    }

    private static BuildFailure Explain(BuildError error, StorePath derivation, BuildJournal journal)
    {
        var message = error.Culprit is null ? $"{derivation}: {error.Message}" : error.Message;
        if (Gone().IsMatch(message))
        {
            return new BuildFailure(BuildFailureKind.Damaged, message);
        }

        if (journal.RemoteErrors.Count > 0 && NotHere().IsMatch(message))
        {
            return new BuildFailure(BuildFailureKind.Network, string.Join('\n', journal.RemoteErrors.Take(MaxMessages).Prepend(message)));
        }

        var log = journal.LogTail(derivation) is { Count: > 0 } printed ? printed : error.LogTail;
        var isFetcher = DerivationFile.IsFetcher(derivation);
        var text = isFetcher ? string.Join('\n', log.TakeLast(MaxFetcherLines).Prepend(message)) : message;
        return new BuildFailure(FailureClassifier.OfBuild(message, log, isFetcher), text) { LogTail = log };
    }

    /// <summary>While one of them fails for good, no later try can succeed.</summary>
    private static BuildFailure Worst(IReadOnlyList<BuildFailure> causes)
    {
        var worst = causes.FirstOrDefault(cause => !cause.IsTransient) ?? causes[0];
        var others = causes.Where(cause => cause != worst).Take(MaxMessages - 1);
        return worst with { Message = string.Join('\n', others.Prepend(worst).Select(cause => cause.Message)) };
    }

    // Collected, or lost in a power cut: valid in Nix's books and not on the disk, or empty there.
    [GeneratedRegex(
        @"opening file '[^']*\.drv'|error parsing derivation|cannot build missing derivation|failed to obtain derivation"
            + @"|path '[^']*\.drv' is not valid",
        RegexOptions.CultureInvariant)]
    private static partial Regex Gone();

    [GeneratedRegex(
        @"is required to build|platform mismatch|missing system features|local builds are disabled", RegexOptions.CultureInvariant)]
    private static partial Regex NotHere();
}
