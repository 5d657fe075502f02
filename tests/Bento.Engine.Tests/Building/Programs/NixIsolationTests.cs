using Bento.Building;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Programs;

/// <summary>One host that cannot be built, in each way that there is, beside two good ones that are not built yet.</summary>
[Trait("Uses", "Nix")]
public sealed class NixIsolationTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("args = [ \"-c\" \"exit 1\" ];", "exit code 1")]
    [InlineData("system = \"riscv64-linux\";", "riscv64-linux")]
    [InlineData("requiredSystemFeatures = [ \"gccarch-znver9\" ];", "gccarch-znver9")]
    [InlineData("builder = \"/nowhere\";", "exit code 1")]
    [InlineData("args = [ \"-c\" \"true\" ];", "failed to produce output")]
    [InlineData("outputHash = \"0000000000000000000000000000000000000000000000000000\"; outputHashAlgo = \"sha256\";", "hash mismatch")]
    [InlineData(
        "ref = builtins.toFile \"r\" \"r\"; args = [ \"-c\" \"echo $ref > $out\" ]; allowedReferences = [ ];", "not allowed to refer")]
    [InlineData("builder = \"builtin:nosuch\"; system = \"builtin\";", "exit code 1")]
    [InlineData("args = [ \"-c\" \"kill -9 $$\" ];", "signal 9")]
    [InlineData("args = [ \"-c\" \"mkfifo $out\" ];", "unsupported type")]
    [InlineData(
        "src = derivation { name = \"src\"; system = \"riscv64-linux\"; builder = \"/bin/sh\"; args = [ \"-c\" \"true\" ]; };", "src.drv")]
    public async Task FP5_one_system_that_cannot_be_built_stops_no_other(string attributes, string reason)
    {
        using var bench = new NixBench();
        var flake = new TestFlake().With("aaa").With("zzz").WithExpression("bad", Bad(attributes));
        var derivations = await bench.DerivationsAsync(bench.Flake(flake));

        var builds = await bench.Builder.BuildAsync(
            derivations,
            new BuildSettings { RootsDirectory = Path.Join(bench.Store.Root, "roots") },
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal(["bad"], builds.Where(build => build.Failure is not null).Select(build => build.Derivation.Attribute));
        Assert.Contains(reason, builds[1].Failure!.Message, StringComparison.Ordinal);
        Assert.False(builds[1].Failure!.IsTransient);
    }

    [Fact(Timeout = Timeout)]
    public async Task FP5_four_of_them_at_once_stop_no_other()
    {
        using var bench = new NixBench();
        var flake = new TestFlake().With("good1").With("good2").With("good3")
            .WithExpression("bad1", Bad("system = \"riscv64-linux\";", "bad1"))
            .WithExpression("bad2", Bad("requiredSystemFeatures = [ \"none\" ];", "bad2"))
            .WithExpression("bad3", Bad("args = [ \"-c\" \"mkfifo $out\" ];", "bad3"))
            .WithExpression("bad4", Bad("args = [ \"-c\" \"exit 7\" ];", "bad4"));

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["bad1", "bad2", "bad3", "bad4"], builds.Where(build => build.Failure is not null).Select(build => build.Derivation.Attribute));
        Assert.Contains("riscv64-linux", builds[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("unsupported type", builds[2].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 7", builds[3].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task FB1_a_fetch_inside_a_build_that_fails_is_passing_and_says_what_the_fetcher_said()
    {
        using var bench = new NixBench();
        var flake = new TestFlake().WithExpression(
            "h",
            Bad(
                """args = [ "-c" "echo 'curl: (6) Could not resolve host: files.example.invalid' >&2; exit 1" ]; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256";"""));

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        var failure = Assert.Single(builds).Failure!;
        Assert.Equal(BuildFailureKind.Network, failure.Kind);
        Assert.Contains("Could not resolve host: files.example.invalid", failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task FB1_a_builder_that_speaks_of_the_network_is_still_one_that_failed()
    {
        using var bench = new NixBench();
        var flake = new TestFlake().With("h", new TestSystem
        {
            BuildScript = "echo 'dial tcp 127.0.0.1:5432: connection refused'; echo 'curl: (6) Could not resolve host: x'; exit 1",
        });

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(BuildFailureKind.Build, Assert.Single(builds).Failure!.Kind);
    }

    [Fact(Timeout = Timeout)]
    public async Task FB1_a_remote_builder_that_is_away_is_passing_and_named()
    {
        Assert.SkipUnless(NixAccess.Current != NixAccess.PlainUser, "Only trusted users choose remote builders.");
        using var bench = new NixBench(options =>
        {
            options.ExtraArguments.Add("--option");
            options.ExtraArguments.Add("builders");
            options.ExtraArguments.Add("ssh://nobody@127.0.0.1:1?x=1 riscv64-linux");
        });
        var flake = new TestFlake().With("good").WithExpression("away", Bad("system = \"riscv64-linux\";"));

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(BuildFailureKind.Network, builds[0].Failure!.Kind);
        Assert.Contains("ssh://nobody@127.0.0.1:1", builds[0].Failure!.Message, StringComparison.Ordinal);
        Assert.Null(builds[1].Failure);
    }

    private static string Bad(string attributes, string name = "bad") =>
        $$"""derivation ({ name = "nixos-system-{{name}}-1"; system = "{{TestSystem.Platform}}"; builder = "/bin/sh"; PATH = "/bin:/usr/bin"; args = [ "-c" "echo x > $out" ]; } // { {{attributes}} })""";
}
