using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Closures;
using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Agents.Servers;
using Bento.Engine.Tests.Agents.Closures;
using Bento.Engine.Tests.Publishing;
using Bento.Processes;
using Bento.Protocol;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class BuildStepsTests : IDisposable
{
    private readonly DeployBench _bench = new();
    private readonly IOptions<AgentOptions> _options;

    public BuildStepsTests()
    {
        _bench.Flake("lab", "h1", "# a configuration");
        _options = Options.Create(new AgentOptions { StateDirectory = _bench.Directory["state"] });
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task T14_content_that_is_swapped_on_the_server_after_the_release_was_read_is_refused()
    {
        await _bench.DeployAsync();
        var release = _bench.Current("h1")!;
        _bench.Flake("lab", "h1", "# another configuration");
        await _bench.DeployAsync();
        var other = _bench.Current("h1")!;
        var fetching = Fetching();

        // Another good archive of the same publisher, under the name of the one that the release names.
        _bench.Transport.Server.Put(
            release.Host,
            $"content/{release.Content.Archive}.tar.gz",
            _bench.Transport.Server.Get(release.Host, $"content/{other.Content.Archive}.tar.gz")!);
        var fetched = await FetchAsync(fetching, release);

        Assert.Equal(AttemptOutcome.FetchFailed, Assert.IsType<AttemptEvent.Failed>(fetched).Outcome);
        Assert.False(Directory.Exists(Path.Join(_bench.Directory["state"], "trees", release.Content.Archive.ToString())));
    }

    [Fact]
    public async Task T14_a_tree_that_changes_between_unpacking_and_building_is_not_built()
    {
        await _bench.DeployAsync();
        var release = _bench.Current("h1")!;
        Assert.IsType<AttemptEvent.Fetched>(await FetchAsync(Fetching(), release));
        await File.AppendAllTextAsync(
            Path.Join(_bench.Directory["state"], "trees", release.Content.Archive.ToString(), "source", "flake.nix"),
            "\n# touched",
            TestContext.Current.CancellationToken);
        var calls = _bench.Builder.Calls.Count;

        using var log = new AttemptLog();
        var built = await new BuildSteps(
            _options, _bench.Builder, new NoMachine(), new StoreRepair(_bench.Builder, new NoMachine()), new ClosureInstall(
                _options, new FakeStore()), _bench.Clock).BuildAsync(
                new JournalAttempt(release, 1, _bench.Clock.GetUtcNow(), AttemptPhase.Building),
                log,
                TestContext.Current.CancellationToken);

        Assert.Equal(
            (AttemptOutcome.FetchFailed, true), built is AttemptEvent.Failed failed ? (failed.Outcome, failed.IsTransient) : default);
        Assert.Equal(calls, _bench.Builder.Calls.Count);
    }

    private FetchSteps Fetching() => new(
        _options, new ServerList([_bench.Transport], _options, _bench.Clock), new SecretSteps(
            _options,
            new Age(new CliWrapProcessRunner(_bench.Clock), _bench.Clock),
            new TransferDeadline(_options, _bench.Clock)),
        new ClosureFetch(
            _options,
            new FakeStore(),
            new ClosureDownload(_options, new StepWatchdog(_bench.Clock), _bench.Clock),
            new ClosureRebuild(new FakeStore(), new FakePatchTool()),
            _bench.Clock),
        new AgentVoice(_bench.Clock),
        _bench.Clock);

    private async Task<AttemptEvent> FetchAsync(FetchSteps steps, Release release)
    {
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        return await steps.FetchAsync(session.OpenArea(release.Host), release, TestContext.Current.CancellationToken);
    }

    private sealed class NoMachine : IActivator
    {
        public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => Task.FromResult(new MachineState
        {
            Running = null,
            Booted = null,
            Profile = null,
        });

        public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public Task RebootAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
