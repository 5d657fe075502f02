using Bento.Building;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Store;

/// <summary>What was built stays, by links that the garbage collector knows.</summary>
[Trait("Uses", "Nix")]
public sealed class NixRootTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task FB6_what_is_built_is_kept_by_a_link_that_the_garbage_collector_knows(int hosts)
    {
        using var bench = new NixBench();
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, hosts))
        {
            flake.With($"h{number}");
        }

        var roots = Path.Join(bench.Store.Root, "odd roots %", "deep");
        var kept = await bench.DerivationsAsync(bench.Flake(flake));
        var lost = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("lost"), "lost"));
        await bench.Builder.BuildAsync(kept, new BuildSettings { RootsDirectory = roots }, null, TestContext.Current.CancellationToken);
        await bench.Builder.BuildAsync(lost, new BuildSettings(), null, TestContext.Current.CancellationToken);

        var collection = await bench.NixAsync("nix-store", "--gc");

        Assert.True(collection.IsSuccess, collection.Error);
        Assert.All(kept, system => Assert.Equal(
            system.System.ToString(),
            new FileInfo(Path.Join(roots, system.Attribute)).ResolveLinkTarget(returnFinalTarget: true)!.FullName));
        Assert.All(kept, system => Assert.True(Directory.Exists(system.System.ToString())));
        Assert.False(Directory.Exists(lost[0].System.ToString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_follows_to_the_next_system_and_lets_the_old_one_go()
    {
        using var bench = new NixBench();
        var settings = new BuildSettings { RootsDirectory = Path.Join(bench.Store.Root, "roots") };
        var old = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("h", new TestSystem { Version = "1" })));
        await bench.Builder.BuildAsync(old, settings, null, TestContext.Current.CancellationToken);
        var next = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("h", new TestSystem { Version = "2" })));
        await bench.Builder.BuildAsync(next, settings, null, TestContext.Current.CancellationToken);

        await bench.NixAsync("nix-store", "--gc");

        Assert.Single(Directory.EnumerateDirectories(Path.Join(settings.RootsDirectory, ".batches")));
        Assert.False(Directory.Exists(old[0].System.ToString()));
        Assert.True(Directory.Exists(next[0].System.ToString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_good_ones_are_kept_although_another_fails()
    {
        using var bench = new NixBench();
        var roots = Path.Join(bench.Store.Root, "roots");
        var flake = new TestFlake().With("good").With("bad", new TestSystem { BuildScript = "exit 1" });

        await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)),
            new BuildSettings { RootsDirectory = roots },
            null,
            TestContext.Current.CancellationToken);

        await bench.NixAsync("nix-store", "--gc");
        Assert.Equal(["good"], Directory.EnumerateFileSystemEntries(roots).Select(Path.GetFileName).Where(name => name != ".batches"));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_old_system_of_a_host_stays_while_its_new_one_does_not_build()
    {
        using var bench = new NixBench();
        var settings = new BuildSettings { RootsDirectory = Path.Join(bench.Store.Root, "roots") };
        var old = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("h")));
        await bench.Builder.BuildAsync(old, settings, null, TestContext.Current.CancellationToken);
        var next = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("h", new TestSystem { BuildScript = "exit 1" })));
        await bench.Builder.BuildAsync(next, settings, null, TestContext.Current.CancellationToken);

        await bench.NixAsync("nix-store", "--gc");

        Assert.True(Directory.Exists(old[0].System.ToString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task Roots_cost_no_process_of_their_own_when_all_is_well()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var derivations = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("a").With("b")));
        var roots = Path.Join(bench.Store.Root, "roots");

        await bench.Builder.BuildAsync(
            [.. derivations, derivations[0] with { Attribute = "../twin" }],
            new BuildSettings { RootsDirectory = roots },
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal(["nix", "nix-store --realise", "nix-store --query"], bench.Calls);
        Assert.Equal(["%2E.%2Ftwin", "a", "b"], Directory.EnumerateFileSystemEntries(roots)
            .Select(Path.GetFileName)
            .Where(name => name != ".batches")
            .Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task Builds_at_the_same_time_keep_what_each_of_them_built()
    {
        using var bench = new NixBench();
        var settings = new BuildSettings { RootsDirectory = Path.Join(bench.Store.Root, "roots") };
        var sources = Enumerable.Range(0, 6).Select(number => bench.Flake(new TestFlake().With($"h{number}"), $"flake{number}")).ToList();

        var systems = await Task.WhenAll(sources.Select(async source => Assert.Single(await bench.DerivationsAsync(source))));
        await Task.WhenAll(
            systems.Select(system => bench.Builder.BuildAsync([system], settings, null, TestContext.Current.CancellationToken)));
        await bench.NixAsync("nix-store", "--gc");

        Assert.All(systems, system => Assert.True(Directory.Exists(system.System.ToString())));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_somebody_removed_lets_its_system_go_a_day_later()
    {
        using var bench = new NixBench();
        var settings = new BuildSettings { RootsDirectory = Path.Join(bench.Store.Root, "roots") };
        var gone = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("gone")));
        await bench.Builder.BuildAsync(gone, settings, null, TestContext.Current.CancellationToken);
        File.Delete(Path.Join(settings.RootsDirectory, "gone"));
        var batch = Assert.Single(Directory.EnumerateDirectories(Path.Join(settings.RootsDirectory, ".batches")));
        Directory.SetLastWriteTimeUtc(batch, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(new TestFlake().With("other"))),
            settings,
            null,
            TestContext.Current.CancellationToken);
        await bench.NixAsync("nix-store", "--gc");

        Assert.False(Directory.Exists(batch));
        Assert.False(Directory.Exists(gone[0].System.ToString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_cannot_be_placed_is_said()
    {
        using var bench = new NixBench();
        var roots = Path.Join(bench.Store.Root, "roots");
        Directory.CreateDirectory(Path.Join(roots, "h"));
        var derivations = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("h")));

        await Assert.ThrowsAsync<NixException>(() => bench.Builder.BuildAsync(
            derivations, new BuildSettings { RootsDirectory = roots }, null, TestContext.Current.CancellationToken));
    }
}
