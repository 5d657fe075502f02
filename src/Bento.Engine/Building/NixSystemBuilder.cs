using Bento.Hosts;

namespace Bento.Building;

/// <summary>Turns configurations into systems by the Nix that is installed.</summary>
/// <param name="nix">Runs Nix.</param>
/// <param name="evaluator">Evaluates.</param>
/// <param name="realiser">Builds.</param>
/// <param name="closures">Looks into the store.</param>
internal sealed class NixSystemBuilder(NixTool nix, SystemEvaluator evaluator, SystemRealiser realiser, ClosureReader closures) : ISystemBuilder
{
    /// <inheritdoc/>
    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return evaluator.ListAsync(source, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DirectoryEvaluation> EvaluateAsync(ConfigurationSource source, IReadOnlyCollection<string>? attributes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return evaluator.EvaluateAsync(source, attributes, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations, BuildSettings settings, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(derivations);
        ArgumentNullException.ThrowIfNull(settings);
        return realiser.BuildAsync(derivations, settings, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(derivations);
        HashSet<StorePath> toBuild = [];
        HashSet<StorePath> toFetch = [];
        var paths = derivations.Select(system => system.Derivation).Distinct();
        foreach (var chunk in ArgumentChunks.Split(paths, path => path.ToString(), ArgumentChunks.MaxBytes))
        {
            // Line by line: the list of a first build is longer than what is kept of standard error.
            List<string> lines = [];
            var outcome = await nix.RunAsync(NixCommand.Forecast(chunk), lines.Add, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                throw new NixException($"Nix cannot say what it would build: {NixErrorText.Of(outcome.Error, outcome.ExitCode)}");
            }

            var forecast = ForecastOutput.Read(lines);
            toBuild.UnionWith(forecast.ToBuild);
            toFetch.UnionWith(forecast.ToFetch);
        }

        return new BuildForecast([.. toBuild], [.. toFetch]);
    }

    /// <inheritdoc/>
    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return evaluator.UpdateLockAsync(source, input, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) => closures.ReadAsync(system, cancellationToken);
}
