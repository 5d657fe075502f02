using Bento.Building;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Store;

[Trait("Uses", "Nix")]
public sealed class NixClosureTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_closure_has_every_path_with_the_size_that_Nix_knows()
    {
        using var bench = new NixBench();
        var system = Assert.Single(
            await bench.DerivationsAsync(bench.Flake(new TestFlake().With("web", new TestSystem { Kernel = "6.1" }))));
        await bench.Builder.BuildAsync([system], new BuildSettings(), null, TestContext.Current.CancellationToken);

        var closure = await bench.Builder.ReadClosureAsync(system.System, TestContext.Current.CancellationToken);

        Assert.Equal(["kernel-6.1", "nixos-system-web-1"], closure!.Paths.Keys.Select(path => path.Name).Order(StringComparer.Ordinal));
        var size = await bench.NixAsync("nix-store", "--query", "--size", system.System.ToString());
        Assert.Equal(size.Output.Trim(), $"{closure.Paths[system.System]}");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_system_that_is_not_in_the_store_has_no_closure()
    {
        using var bench = new NixBench();
        var system = Assert.Single(await bench.DerivationsAsync(bench.Flake(new TestFlake().With("web"))));

        Assert.Null(await bench.Builder.ReadClosureAsync(system.System, TestContext.Current.CancellationToken));
    }
}
