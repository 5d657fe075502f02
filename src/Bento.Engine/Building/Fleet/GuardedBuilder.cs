using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building.Fleet;

/// <summary>A builder of somebody else: what it throws fails what it was asked for.</summary>
internal sealed class GuardedBuilder(ISystemBuilder inner) : ISystemBuilder
{
    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        async () => ForeignPart.Given(await inner.ListAsync(source, cancellationToken).ConfigureAwait(false), "listing"),
        (reason, _) => new SystemListing([], new BuildFailure(BuildFailureKind.Evaluation, reason)),
        cancellationToken);

    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        async () => ForeignPart.Given(
            await inner.EvaluateAsync(source, attributes, settings, progress, cancellationToken).ConfigureAwait(false), "evaluation"),
        (reason, _) => new DirectoryEvaluation([], new BuildFailure(BuildFailureKind.Evaluation, reason)),
        cancellationToken);

    public async Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var builds = await ForeignPart.AskAsync<IReadOnlyList<SystemBuild>>(
            inner,
            async () => [.. await inner.BuildAsync(derivations, settings, progress, cancellationToken).ConfigureAwait(false)],
            (reason, _) => Failed(derivations, reason),
            cancellationToken).ConfigureAwait(false);
        return builds.Count == derivations.Count
            ? builds
            : Failed(derivations, $"{inner.GetType().Name} was asked for {derivations.Count} systems and answered about {builds.Count}.");
    }

    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
        ForeignPart.AskAsync(
            inner,
            async () => ForeignPart.Given(await inner.ForecastAsync(derivations, cancellationToken).ConfigureAwait(false), "forecast"),
            (reason, exception) => throw new NixException(reason, exception),
            cancellationToken);

    /// <summary>What two systems differ in is for people to read: a deploy does without it.</summary>
    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner, () => inner.ReadClosureAsync(system, cancellationToken), (_, _) => (SystemClosure?)null, cancellationToken);

    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
        ForeignPart.AskAsync(
            inner,
            () => inner.UpdateLockAsync(source, input, cancellationToken),
            (reason, _) => new BuildFailure(BuildFailureKind.Evaluation, reason),
            cancellationToken);

    private static IReadOnlyList<SystemBuild> Failed(IReadOnlyList<SystemDerivation> derivations, string reason) =>
        [.. derivations.Select(derivation => new SystemBuild(derivation, new BuildFailure(BuildFailureKind.Build, reason)))];
}
