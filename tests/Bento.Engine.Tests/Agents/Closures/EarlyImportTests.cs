using Bento.Agents;
using Bento.Agents.Closures;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class EarlyImportTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly InMemoryTransport _transport = new();
    private readonly FakeStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IOptions<AgentOptions> Options => Microsoft.Extensions.Options.Options.Create(
        new AgentOptions { StateDirectory = _directory["state"] });

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_has_arrived_of_a_large_closure_is_taken_while_the_rest_is_on_its_way()
    {
        var served = Large();
        var large = served.Manifest.Paths[^2];

        await FetchAsync(served, area => new CuttingArea(area, long.MaxValue) { Before = BundlesWait });

        // It does not lie on the disk twice, and the system is taken at the end.
        Assert.Equal([large.Path], _store.Early);
        Assert.DoesNotContain(Directory.GetFiles(_directory["state/closure/nar"]), file => new FileInfo(file).Length == large.File.Bytes);
        Assert.DoesNotContain(served.Manifest.System, _store.Paths);
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token));
    }

    [Fact]
    public async Task FD1_what_was_taken_of_a_large_closure_before_the_connection_broke_is_not_fetched_again()
    {
        var served = Large();
        _ = await Assert.ThrowsAsync<TransportException>(
            () => FetchAsync(served, area => new CuttingArea(area, 300_500) { Before = BundlesWait }));

        await FetchAsync(served);

        Assert.Single(_store.Early);
        Assert.Single(_transport.Calls, call => call.Operation == "read" && call.Path.EndsWith(".nar.zst", StringComparison.Ordinal));
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_collector_took_before_the_end_is_fetched_again(bool isCollected)
    {
        var served = Large();
        await FetchAsync(served, area => new CuttingArea(area, long.MaxValue) { Before = BundlesWait });
        _store.Failure = new BuildFailure(BuildFailureKind.Build, "no substituter that can build it");
        if (isCollected)
        {
            _ = _store.Paths.Remove(served.Manifest.Paths[^2].Path);
        }

        var failed = await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token);

        Assert.Equal(isCollected, failed!.Value.IsTransient);
    }

    [Fact]
    public async Task A_store_that_takes_nothing_early_takes_all_at_the_end()
    {
        var served = Large();
        _store.Failure = new BuildFailure(BuildFailureKind.Build, "busy");

        await FetchAsync(served);

        _store.Failure = null;
        Assert.Null(await new ClosureInstall(Options, _store).InstallAsync(served.Manifest.System, Token));
        Assert.Equal((0, served.Manifest.Paths.Count), (_store.Early.Count, _store.Paths.Count));
    }

    private ServedClosure Large() => new(
        _transport, store: Directory.CreateDirectory(_directory["store"]).FullName, largeNarBytes: EarlyPlan.LeastBytes);

    private Task BundlesWait(string path) => path.EndsWith(".bundle", StringComparison.Ordinal) ? _store.HasEarly.Task : Task.CompletedTask;

    private async Task FetchAsync(ServedClosure served, Func<IArea, IArea>? wrap = null)
    {
        await using var session = await _transport.ConnectAsync(Token);
        var area = session.OpenArea(served.Release.Host);
        var download = new ClosureDownload(Options, new StepWatchdog(TimeProvider.System), TimeProvider.System);
        await new ClosureFetch(Options, _store, download, new ClosureRebuild(_store, new FakePatchTool()), TimeProvider.System).FetchAsync(
            wrap?.Invoke(area) ?? area, served.Release, (_, _) => { }, Token);
    }
}
