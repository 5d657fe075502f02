using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents;

public sealed class BuildDeadlineTests : IDisposable
{
    private readonly TempDirectory _state = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly AttemptLog _log = new();

    [Fact(Timeout = 30_000)]
    public async Task FB5_a_build_that_hangs_ends_at_its_deadline_and_is_a_failed_build()
    {
        var source = _state.WriteFile($"trees/{new string('0', 64)}/source/flake.nix", "{ }");
        var release = SomeRelease.Of() with
        {
            Content = new ReleaseContent
            {
                Archive = ContentHash.Parse(new string('0', 64)),
                ArchiveBytes = 0,
                FileCount = 1,
                TreeHash = NarHash.Compute(Path.GetDirectoryName(source)!),
            },
        };
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ISystemBuilder>(new HangingBuilder())
            .AddSingleton<IActivator>(new FakeMachine());
        services.AddBentoAgent(options =>
        {
            options.Host = "web";
            options.StateDirectory = _state.FullPath;
        }).UseLocalDirectory(options => options.Directory = _state.FullPath).ConfigureTrust(options => options.AllowUnsigned = true);
        await using var provider = services.BuildServiceProvider();

        var building = provider.GetRequiredService<BuildSteps>().BuildAsync(
            new JournalAttempt(release, 1, DateTimeOffset.UnixEpoch, AttemptPhase.Building), _log, TestContext.Current.CancellationToken);
        Assert.False(building.IsCompleted);
        _clock.Advance(TimeSpan.FromHours(6));
        var failed = Assert.IsType<AttemptEvent.Failed>(await building);

        Assert.Equal((AttemptOutcome.BuildFailed, false), (failed.Outcome, failed.IsTransient));
    }

    public void Dispose()
    {
        _log.Dispose();
        _state.Dispose();
    }

    private sealed class HangingBuilder : ISystemBuilder
    {
        public async Task<DirectoryEvaluation> EvaluateAsync(
            ConfigurationSource source,
            IReadOnlyCollection<string>? attributes,
            EvaluationSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }

        public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<SystemBuild>> BuildAsync(
            IReadOnlyList<SystemDerivation> derivations,
            BuildSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
