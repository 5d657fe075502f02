using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>A builder that throws at one step, or forgets a system.</summary>
internal sealed class BrokenBuilder(string where) : ISystemBuilder
{
    private readonly FakeSystemBuilder _inner = new();

    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) =>
        _inner.ListAsync(source, cancellationToken);

    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken) => where == "evaluate"
        ? throw new InvalidOperationException("no evaluator")
        : _inner.EvaluateAsync(source, attributes, settings, progress, cancellationToken);

    public async Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken) => where == "build"
        ? throw new InvalidOperationException("no builder")
        : [.. (await _inner.BuildAsync(derivations, settings, progress, cancellationToken)).Skip(1)];

    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no forecast");

    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no closure");

    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no lock");
}
