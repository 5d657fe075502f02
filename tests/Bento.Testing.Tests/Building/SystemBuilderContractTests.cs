using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Testing.Building;
using Bento.Testing.Fleet;

namespace Bento.Testing.Tests.Building;

/// <summary>The suite for builders finds what is broken.</summary>
public sealed class SystemBuilderContractTests
{
    [Fact(Timeout = 60_000)]
    public async Task One_bad_system_that_ends_the_whole_evaluation_is_found()
    {
        // The exception comes out of the suite as it is: xUnit fails the test with it.
        var suite = new Runs(Fault.ThrowsOnBad);

        await Assert.ThrowsAsync<NixException>(
            () => Suite.RunAsync(suite, contract => contract.A_system_that_does_not_evaluate_is_a_result_and_stops_no_other()));
    }

    [Fact(Timeout = 60_000)]
    public Task Results_in_another_order_than_asked_for_are_found() => Suite.FailsAsync(
        new Runs(Fault.Sorts), suite => suite.Systems_are_built_with_a_result_for_each_in_the_order_given_and_again());

    [Fact(Timeout = 60_000)]
    public Task An_evaluation_that_ignores_what_was_asked_for_is_found() => Suite.FailsAsync(
        new Runs(Fault.EvaluatesAll), suite => suite.Only_what_was_asked_for_is_evaluated_and_what_is_not_there_is_a_failure_of_its_own());

    internal enum Fault
    {
        ThrowsOnBad,
        Sorts,
        EvaluatesAll,
    }

    private sealed class Runs(Fault fault) : SystemBuilderContract
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("bento-test-").FullName;

        protected override Task<ISystemBuilder> CreateAsync() => Task.FromResult<ISystemBuilder>(
            new Broken(new ScriptedBuilder("/nix/store", isOnHost: true, new FaultPoint()), fault));

        protected override Task<ConfigurationSource> DescribeAsync(DescribedSystems systems)
        {
            var kind = systems == DescribedSystems.Broken ? ScriptedBuilder.Broken : "plain";
            File.WriteAllText(Path.Join(_directory, "flake.nix"), $"beta 1 plain\nalpha 1 {kind}\n");
            return Task.FromResult(new ConfigurationSource { Directory = _directory, Kind = ConfigurationKind.Flake, Name = "fleet" });
        }

        protected override ValueTask CleanUpAsync()
        {
            Directory.Delete(_directory, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Broken(ScriptedBuilder inner, Fault fault) : ISystemBuilder
    {
        public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) =>
            inner.ListAsync(source, cancellationToken);

        public async Task<DirectoryEvaluation> EvaluateAsync(
            ConfigurationSource source,
            IReadOnlyCollection<string>? attributes,
            EvaluationSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken)
        {
            var evaluation = await inner.EvaluateAsync(
                source, fault == Fault.EvaluatesAll ? null : attributes, settings, progress, cancellationToken);
            return fault == Fault.ThrowsOnBad && evaluation.Systems.Any(system => system.Failure is not null)
                ? throw new NixException("One of them does not evaluate.")
                : evaluation;
        }

        public async Task<IReadOnlyList<SystemBuild>> BuildAsync(
            IReadOnlyList<SystemDerivation> derivations,
            BuildSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken)
        {
            var built = await inner.BuildAsync(derivations, settings, progress, cancellationToken);
            return fault == Fault.Sorts ? [.. built.OrderBy(system => system.Derivation.Attribute, StringComparer.Ordinal)] : built;
        }

        public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
            inner.ForecastAsync(derivations, cancellationToken);

        public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
            inner.UpdateLockAsync(source, input, cancellationToken);

        public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
            inner.ReadClosureAsync(system, cancellationToken);
    }
}
