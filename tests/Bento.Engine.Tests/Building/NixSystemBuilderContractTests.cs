using Bento.Building;
using Bento.Building.Composition;
using Bento.TestBench.Nix;
using Bento.Testing;
using Bento.Testing.Building;

namespace Bento.Engine.Tests.Building;

/// <summary>The whole contract with the real Nix.</summary>
[Covers(typeof(NixSystemBuilder))]
public sealed class NixSystemBuilderContractTests : SystemBuilderContract
{
    private NixBench? _bench;
    private int _sources;

    protected override Task<ISystemBuilder> CreateAsync()
    {
        _bench = new NixBench();
        return Task.FromResult(_bench.Builder);
    }

    protected override Task<ConfigurationSource> DescribeAsync(DescribedSystems systems)
    {
        var flake = new TestFlake().With("beta");
        flake = systems switch
        {
            DescribedSystems.Broken => flake.WithExpression("alpha", "throw \"no\""),
            DescribedSystems.Unbuildable => flake.With("alpha", new TestSystem { BuildScript = "exit 3" }),
            _ => flake.With("alpha"),
        };
        var source = _bench!.Flake(flake, $"fleet{++_sources}");
        if (systems == DescribedSystems.Unreadable)
        {
            File.WriteAllText(Path.Join(source.Directory, "flake.nix"), "{ outputs = ");
        }

        return Task.FromResult(source);
    }

    protected override ValueTask CleanUpAsync()
    {
        _bench?.Dispose();
        return ValueTask.CompletedTask;
    }
}
