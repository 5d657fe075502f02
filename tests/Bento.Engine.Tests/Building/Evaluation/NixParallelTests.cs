using Bento.Building;
using Bento.Building.Composition;
using Bento.Engine.Tests.Processes;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Building.Evaluation;

/// <summary>Hosts of one flake in several processes.</summary>
[Trait("Uses", "Nix")]
public sealed class NixParallelTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Several_processes_share_the_hosts_of_a_flake()
    {
        using var bench = new NixBench(options =>
        {
            options.MaxConcurrentEvaluations = 4;
            options.EvaluationMemory = 4L << 30;
        });
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, 40).Where(number => number != 7))
        {
            flake.With($"h{number:00}");
        }

        var events = new EventLog();
        var evaluation = await bench.Builder.EvaluateAsync(
            bench.Flake(flake.WithExpression("h07", "throw \"seven\"")),
            null,
            new EvaluationSettings(),
            events,
            TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"h{number:00}"), evaluation.Systems.Select(system => system.Attribute));
        Assert.Equal("h07", Assert.Single(evaluation.Systems, system => system.Failure is not null).Attribute);
        Assert.InRange(bench.Processes.Commands.Count, 4, 12);
        Assert.Equal(39, events.Events.OfType<FleetEvent.Evaluated>().Select(evaluated => evaluated.Host).Distinct().Count());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_takes_more_memory_than_its_share_goes_on_in_a_new_one()
    {
        using var bench = new NixBench(options =>
        {
            options.MaxConcurrentEvaluations = 1;
            options.EvaluationMemory = 1L << 20;
        });
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, 5))
        {
            // Each takes long enough that it is stopped before the next.
            flake.WithExpression(
                $"h{number}",
                $"builtins.seq (builtins.foldl' (a: x: a + x) 0 (builtins.genList (x: x) 3000000)) (mkSystem {{ host = \"h{number}\"; }})");
        }

        var evaluation = await bench.Builder.EvaluateAsync(bench.Flake(flake), null, TestContext.Current.CancellationToken);

        Assert.Equal(5, evaluation.Systems.Count(system => system.Derivation is not null));
        Assert.InRange(bench.Processes.Commands.Count, 2, 6);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_host_is_told_before_the_next_is_evaluated()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var events = new EventLog { Awaits = happened => happened is FleetEvent.Evaluated { Host: var host } && host.ToString() == "a" };
        var endless = bench.Flake(
            new TestFlake().With("a")
                .WithExpression(
                    "b",
                    "let f = x: if x == 0 then 0 else f (x + 1); in builtins.foldl' (a: x: x) 0 (builtins.genList (x: builtins.foldl' "
                        + "(a: y: y) 0 (builtins.genList (y: y) 1000000)) 1000000)"));

        var evaluation = bench.Builder.EvaluateAsync(endless, null, new EvaluationSettings(), events, stop.Token);
        await events.Seen.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluation);
    }

    [Fact]
    public async Task A_process_that_is_killed_halves_how_many_run_which_is_said_and_nothing_is_lost()
    {
        var kills = 1;
        var events = new EventLog();
        await using var services = Services(command =>
            Interlocked.Decrement(ref kills) >= 0 ? new ProcessOutcome(137, string.Empty, string.Empty) : Play(command, ["a", "b", "c"]));

        var evaluation = await services.GetRequiredService<ISystemBuilder>()
            .EvaluateAsync(Source, ["a", "b", "c"], new EvaluationSettings(), events, TestContext.Current.CancellationToken);

        Assert.All(evaluation.Systems, system => Assert.NotNull(system.Derivation));
        Assert.Contains(events.Events, happened => happened is FleetEvent.Warned { Message: var message }
            && message.Contains("killed", StringComparison.Ordinal)
            && message.Contains("2 at a time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_whose_evaluation_is_killed_even_alone_fails_and_the_others_do_not()
    {
        await using var services = Services(command => Play(command, Asked(command).TakeWhile(name => name != "b")) with
        {
            ExitCode = Asked(command).Contains("b") ? 137 : 0,
        });

        var evaluation = await services.GetRequiredService<ISystemBuilder>()
            .EvaluateAsync(Source, ["a", "b", "c"], new EvaluationSettings(), null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["b"],
            evaluation.Systems.Where(system => system.Failure is { Kind: BuildFailureKind.Memory }).Select(system => system.Attribute));
        Assert.Equal(["a", "c"], evaluation.Systems.Where(system => system.Derivation is not null).Select(system => system.Attribute));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_input_that_cannot_be_fetched_is_one_failure_however_many_hosts_need_it()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, 12))
        {
            flake.WithExpression(
                $"h{number:00}",
                $"mkSystem {{ host = \"h{number:00}\"; buildScript = builtins.readFile (builtins.fetchurl {{ url = "
                    + $"\"http://127.0.0.1:1/x\"; sha256 = \"0000000000000000000000000000000000000000000000000000\"; }}); }}");
        }

        var evaluation = await bench.Builder.EvaluateAsync(bench.Flake(flake), null, TestContext.Current.CancellationToken);

        Assert.Empty(evaluation.Systems);
        Assert.Equal(BuildFailureKind.Network, evaluation.Failure!.Kind);
        Assert.Contains("http://127.0.0.1:1/x", evaluation.Failure.Message, StringComparison.Ordinal);
        Assert.Single(bench.Processes.Commands, command => !command.Arguments.Contains("--offline"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_host_that_does_not_need_what_cannot_be_fetched_is_evaluated()
    {
        using var bench = new NixBench();
        var flake = new TestFlake().With("b").With("c")
            .WithExpression(
                "a",
                "builtins.fetchurl { url = \"http://127.0.0.1:1/x\"; sha256 = \"0000000000000000000000000000000000000000000000000000\"; }");

        var evaluation = await bench.Builder.EvaluateAsync(bench.Flake(flake), null, TestContext.Current.CancellationToken);

        Assert.Equal(["b", "c"], evaluation.Systems.Where(system => system.Derivation is not null).Select(system => system.Attribute));
        Assert.Equal(BuildFailureKind.Network, evaluation.Systems[0].Failure!.Kind);
    }

    private static readonly ConfigurationSource Source = new()
    {
        Directory = "/srv/bento",
        Kind = ConfigurationKind.Flake,
        Name = "fleet",
    };

    /// <summary>The names in the list at the end of the expression.</summary>
    private static List<string> Asked(ProcessCommand command) =>
        [.. command.Arguments[^1][(command.Arguments[^1].LastIndexOf('[') + 1)..].Split('"').Where((_, index) => index % 2 == 1)];

    private static ProcessOutcome Play(ProcessCommand command, IEnumerable<string> names)
    {
        var expression = command.Arguments[^1];
        var start = expression.IndexOf("trace (\"", StringComparison.Ordinal) + "trace (\"".Length;
        var mark = expression[start..expression.IndexOf('"', start)];
        var lines = names.Intersect(Asked(command)).Select(name =>
            $$"""trace: {{mark}}{"a":"{{name}}","d":"/nix/store/1y4ga31ms7j7n5a621bqr7vxv4w397lw-{{name}}.drv","o":"/nix/store/fs0hh4v7j2jhz8nzf94fbkhv642idmj4-{{name}}"}""");
        return new ProcessOutcome(0, "null", string.Join('\n', lines.Prepend($$"""trace: {{mark}}{"names":["a","b","c"]}""")));
    }

    private static ServiceProvider Services(Func<ProcessCommand, ProcessOutcome> play) => new ServiceCollection()
        .AddSingleton<IProcessRunner>(new ScriptedProcessRunner(play))
        .Configure<NixOptions>(options =>
        {
            options.MaxConcurrentEvaluations = 4;
            options.EvaluationMemory = 4L << 30;
        })
        .AddNixBuilder()
        .BuildServiceProvider();
}
