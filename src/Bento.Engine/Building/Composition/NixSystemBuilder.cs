using Bento.Building.Evaluation;
using Bento.Building.Realisation;
using Bento.Building.Store;
using Bento.Hosts;

namespace Bento.Building.Composition;

/// <summary>Turns configurations into systems by the Nix that is installed.</summary>
/// <param name="evaluator">Evaluates.</param>
/// <param name="realiser">Builds.</param>
/// <param name="forecaster">Says what a build would do.</param>
/// <param name="closures">Looks into the store.</param>
/// <param name="check">Reads it again.</param>
internal sealed class NixSystemBuilder(
    SystemEvaluator evaluator, SystemRealiser realiser, SystemForecast forecaster, ClosureReader closures, StoreCheck check)
        : ISystemBuilder, IStoreCheck
{
    /// <inheritdoc/>
    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return evaluator.ListAsync(source, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(settings);
        return evaluator.EvaluateAsync(source, attributes, settings, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(derivations);
        ArgumentNullException.ThrowIfNull(settings);
        return realiser.BuildAsync(derivations, settings, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(derivations);
        return forecaster.ForecastAsync(derivations, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return evaluator.UpdateLockAsync(source, input, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StoreCheckResult> CheckStoreAsync(
        string directory, DateTimeOffset? since, IReadOnlyCollection<StorePath> inUse, CancellationToken cancellationToken) =>
        check.RunAsync(directory, since, inUse, cancellationToken);

    /// <inheritdoc/>
    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
        closures.ReadAsync(system, cancellationToken);
}
