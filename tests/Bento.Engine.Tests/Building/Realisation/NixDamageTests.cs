using Bento.Building;
using Bento.Hosts;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Realisation;

/// <summary>What collectors and power cuts take out of the store while nobody looks.</summary>
[Trait("Uses", "Nix")]
public sealed class NixDamageTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task FB6_a_collector_between_evaluation_and_build_takes_nothing_that_has_a_root()
    {
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("a").With("b"));
        var settings = new EvaluationSettings { RootsDirectory = Path.Join(bench.Store.Root, "evaluated") };

        var evaluation = await bench.Builder.EvaluateAsync(source, null, settings, null, TestContext.Current.CancellationToken);
        await bench.NixAsync("nix-store", "--gc");
        var builds = await bench.Builder.BuildAsync(
            [.. evaluation.Systems.Select(system => system.Derivation!)], new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.All(builds, build => Assert.Null(build.Failure));
    }

    [Fact(Timeout = Timeout)]
    public async Task FB6_the_roots_of_an_evaluation_go_with_their_directory()
    {
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("a"));
        var settings = new EvaluationSettings { RootsDirectory = Path.Join(bench.Store.Root, "evaluated") };
        var evaluation = await bench.Builder.EvaluateAsync(source, null, settings, null, TestContext.Current.CancellationToken);

        Directory.Delete(settings.RootsDirectory, recursive: true);
        await bench.NixAsync("nix-store", "--gc");

        Assert.False(File.Exists(evaluation.Systems[0].Derivation!.Derivation.ToString()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("collected")]
    [InlineData("missing")]
    [InlineData("empty")]
    public async Task FB6_a_derivation_that_was_lost_is_named_passing_and_comes_back_with_the_next_evaluation(string damage)
    {
        Assert.SkipUnless(NixAccess.Current != NixAccess.PlainUser, "Only trusted users remove what is damaged.");
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("good").With("lost"));
        var systems = await bench.DerivationsAsync(source);
        await DamageAsync(bench, systems[1].Derivation.ToString(), damage);

        var first = await bench.Builder.BuildAsync(systems, new BuildSettings(), null, TestContext.Current.CancellationToken);
        var again = await bench.DerivationsAsync(source);
        var second = await bench.Builder.BuildAsync(again, new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Null(first[0].Failure);
        Assert.Equal(BuildFailureKind.Damaged, first[1].Failure!.Kind);
        Assert.Contains("lost", first[1].Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(systems, again);
        Assert.All(second, build => Assert.Null(build.Failure));
    }

    [Fact(Timeout = Timeout)]
    public async Task FB6_an_input_that_was_lost_is_found_below_the_system_that_needs_it()
    {
        Assert.SkipUnless(NixAccess.Current != NixAccess.PlainUser, "Only trusted users remove what is damaged.");
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("part")
            .WithExpression("whole", "mkSystem { host = \"whole\"; buildScript = \"cat ${systems.part}/nixos-version\"; }")
            .With("other"));
        var systems = await bench.DerivationsAsync(source);
        await DamageAsync(bench, systems.Single(system => system.Attribute == "part").Derivation.ToString(), "empty");

        var first = await bench.Builder.BuildAsync(
            [.. systems.Where(system => system.Attribute != "part")], new BuildSettings(), null, TestContext.Current.CancellationToken);
        var second = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(source), new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(BuildFailureKind.Damaged, first.Single(build => build.Derivation.Attribute == "whole").Failure!.Kind);
        Assert.Null(first.Single(build => build.Derivation.Attribute == "other").Failure);
        Assert.All(second, build => Assert.Null(build.Failure));
    }

    [Fact(Timeout = Timeout)]
    public async Task FB4_a_system_that_the_books_have_and_the_disk_does_not_is_built_again()
    {
        Assert.SkipUnless(NixAccess.Current != NixAccess.PlainUser, "Only trusted users repair.");
        using var bench = new NixBench();
        var events = new EventLog();
        var systems = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("a").With("b")));
        await bench.Builder.BuildAsync(systems, new BuildSettings(), null, TestContext.Current.CancellationToken);
        Remove(systems[0].System.ToString());

        var builds = await bench.Builder.BuildAsync(systems, new BuildSettings(), events, TestContext.Current.CancellationToken);

        Assert.All(builds, build => Assert.Null(build.Failure));
        Assert.True(Directory.Exists(systems[0].System.ToString()));
        Assert.Contains(events.Events, happened => happened is FleetEvent.Warned { Message: var message }
            && message.Contains(systems[0].System.ToString(), StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_forecast_goes_on_although_one_derivation_is_lost()
    {
        using var bench = new NixBench();
        var systems = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("a").With("b")));
        await DamageAsync(bench, systems[0].Derivation.ToString(), "collected");

        var forecast = await bench.Builder.ForecastAsync(systems, TestContext.Current.CancellationToken);

        Assert.Equal(systems.Select(system => system.Derivation).ToHashSet(), forecast.ToBuild.ToHashSet());
    }

    private static async Task DamageAsync(NixBench bench, string derivation, string damage)
    {
        if (damage == "collected")
        {
            await bench.NixAsync("nix-store", "--delete", derivation);
            return;
        }

        File.SetUnixFileMode(derivation, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (damage == "empty")
        {
            await File.WriteAllTextAsync(derivation, string.Empty, TestContext.Current.CancellationToken);
        }
        else
        {
            File.Delete(derivation);
        }
    }

    private static void Remove(string path)
    {
        foreach (var directory in Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Prepend(path).ToList())
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(path, recursive: true);
    }
}
