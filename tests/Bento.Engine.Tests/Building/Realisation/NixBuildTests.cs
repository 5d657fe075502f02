using System.Diagnostics;
using System.Globalization;
using Bento.Building;
using Bento.Hosts;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Realisation;

[Trait("Uses", "Nix")]
public sealed class NixBuildTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Many_systems_are_built_by_one_process()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, 50))
        {
            flake.With($"host{number:00}");
        }

        var derivations = await bench.DerivationsAsync(bench.Flake(flake));
        var builds = await bench.Builder.BuildAsync(derivations, new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(["nix", "nix-store --realise", "nix-store --query"], bench.Calls);
        Assert.Equal(derivations, builds.Select(build => build.Derivation));
        Assert.All(builds, build => Assert.Null(build.Failure));
        Assert.All(builds, build => Assert.Equal("1\n", File.ReadAllText($"{build.Derivation.System}/nixos-version")));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_builder_that_fails_fails_its_hosts_with_the_end_of_its_log_and_no_others()
    {
        using var bench = new NixBench();
        var flake = new TestFlake()
            .With("good1")
            .With("bad", new TestSystem
            {
                BuildScript = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do echo line $i; done; exit 3",
            })
            .WithExpression("dependent", "mkSystem { host = \"dependent\"; buildScript = \"cat ${systems.bad}/nixos-version\"; }")
            .With("other", new TestSystem { BuildScript = "echo something else; exit 1" })
            .With("good2");

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        var failures = builds.ToDictionary(build => build.Derivation.Attribute, build => build.Failure);
        Assert.Null(failures["good1"]);
        Assert.Null(failures["good2"]);
        Assert.Equal(BuildFailureKind.Build, failures["bad"]!.Kind);
        Assert.Equal(Enumerable.Range(6, 20).Select(number => $"line {number}"), failures["bad"]!.LogTail);
        Assert.Contains("nixos-system-bad-1.drv", failures["bad"]!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', failures["bad"]!.Message);
        Assert.Equal(failures["bad"]!.LogTail, failures["dependent"]!.LogTail);
        Assert.Equal(failures["bad"]!.Message, failures["dependent"]!.Message);
        Assert.Equal("something else", failures["other"]!.LogTail[^1]);
    }

    [Fact(Timeout = Timeout)]
    public async Task FB3_a_builder_that_finds_no_space_left_fails_for_space()
    {
        using var bench = new NixBench();
        var flake = new TestFlake().With("full", new TestSystem { BuildScript = "head -c 1 /dev/zero > /dev/full" });

        var builds = await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(BuildFailureKind.Space, Assert.Single(builds).Failure!.Kind);
    }

    [Fact(Timeout = Timeout)]
    public async Task FB5_a_builder_that_runs_too_long_fails_for_time()
    {
        using var bench = new NixBench(options =>
        {
            options.ExtraArguments.Add("--timeout");
            options.ExtraArguments.Add("1");
        });
        var derivations = await bench.DerivationsAsync(bench.Channel("{ host = \"slow\"; buildScript = \"sleep 60\"; }"));

        var builds = await bench.Builder.BuildAsync(derivations, new BuildSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(BuildFailureKind.Timeout, Assert.Single(builds).Failure!.Kind);
    }

    [Fact(Timeout = Timeout)]
    public async Task Progress_is_told_while_it_builds()
    {
        using var bench = new NixBench();
        var events = new EventLog();
        var flake = new TestFlake().With("a", new TestSystem { BuildScript = "printf 'red \\033[31mword\\007\\n'" })
            .With("b")
            .With("c", new TestSystem { BuildScript = "exit 1" });

        await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Flake(flake)), new BuildSettings(), events, TestContext.Current.CancellationToken);

        Assert.Contains(new FleetEvent.BuildLogged("nixos-system-a-1", "red word"), events.Events);
        Assert.Contains(new FleetEvent.BuildLogged("nixos-system-b-1", "building nixos-system-b-1"), events.Events);
        var counters = events.Events.OfType<FleetEvent.BuildAdvanced>().ToList();
        Assert.Equal(2, counters[^1].DoneCount);
        Assert.Equal(1, counters[^1].FailedCount);
        Assert.Equal(counters.Count, counters.Zip(counters.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_forecast_builds_nothing()
    {
        using var bench = new NixBench();
        var derivations = await bench.DerivationsAsync(bench.Flake(new TestFlake().With("a").With("b")));

        var before = await bench.Builder.ForecastAsync(derivations, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(derivations[0].System.ToString()));
        await bench.Builder.BuildAsync([derivations[0]], new BuildSettings(), null, TestContext.Current.CancellationToken);
        var between = await bench.Builder.ForecastAsync(derivations, TestContext.Current.CancellationToken);
        await bench.Builder.BuildAsync(derivations, new BuildSettings(), null, TestContext.Current.CancellationToken);
        var after = await bench.Builder.ForecastAsync(derivations, TestContext.Current.CancellationToken);

        Assert.Equal(derivations.Select(system => system.Derivation).ToHashSet(), before.ToBuild.ToHashSet());
        Assert.Equal([derivations[1].Derivation], between.ToBuild);
        Assert.Empty(after.ToBuild);
        Assert.Empty(after.ToFetch);
    }

    [Fact(Timeout = Timeout)]
    public async Task Stopping_in_the_middle_of_a_build_stops_nix_and_its_builder()
    {
        using var bench = new NixBench();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var events = new EventLog { Awaits = e => e is FleetEvent.BuildLogged { Line: "sleeping" } };
        var pid = Path.Join(bench.Store.Root, "pid");
        var flake = new TestFlake().With("quick")
            .With("slow", new TestSystem { BuildScript = $"echo $$ > {pid}; echo sleeping; exec sleep 300" });
        var derivations = await bench.DerivationsAsync(bench.Flake(flake));

        var build = bench.Builder.BuildAsync(derivations, new BuildSettings(), events, stop.Token);
        await events.Seen.WaitAsync(TestContext.Current.CancellationToken);
        var begin = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(stop.Token, exception.CancellationToken);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        await EndAsync(int.Parse(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        Assert.True(Directory.Exists(derivations[0].System.ToString()), "what was built stays");
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_to_build_starts_no_process()
    {
        using var bench = new NixBench();

        Assert.Empty(await bench.Builder.BuildAsync([], new BuildSettings(), null, TestContext.Current.CancellationToken));
        Assert.Empty((await bench.Builder.ForecastAsync([], TestContext.Current.CancellationToken)).ToBuild);
        Assert.Empty(bench.Processes.Commands);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_stand_in_system_switches_a_directory_that_plays_run()
    {
        using var bench = new NixBench();
        var system = Assert.Single(await bench.DerivationsAsync(bench.Channel("{ host = \"lab\"; switchExitCode = 4; }"))).System;
        await bench.Builder.BuildAsync(
            await bench.DerivationsAsync(bench.Channel("{ host = \"lab\"; switchExitCode = 4; }")),
            new BuildSettings(),
            null,
            TestContext.Current.CancellationToken);
        var run = bench.Store.CreateDirectory("run");
        var environment = new Dictionary<string, string?> { [TestSystem.RunVariable] = run };
        var runner = new Bento.Processes.CliWrapProcessRunner(TimeProvider.System);

        var outcome = await runner.RunAsync(
            new($"{system}/bin/switch-to-configuration", ["switch"]) { Environment = environment }, TestContext.Current.CancellationToken);

        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal(system.ToString(), new FileInfo(Path.Join(run, "current-system")).LinkTarget);
        Assert.Equal(
            $"switch {system}\n", await File.ReadAllTextAsync(Path.Join(run, "switch-calls"), TestContext.Current.CancellationToken));
    }

    /// <summary>A daemon notices a moment later than a Nix of one's own that nobody waits for the build any more.</summary>
    private static async Task EndAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }
}
