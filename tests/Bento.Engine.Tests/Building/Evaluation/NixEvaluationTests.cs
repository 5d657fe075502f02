using Bento.Building;
using Bento.TestBench.Nix;

namespace Bento.Engine.Tests.Building.Evaluation;

[Trait("Uses", "Nix")]
public sealed class NixEvaluationTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task All_hosts_of_a_flake_are_evaluated_by_one_process_where_only_one_may_run()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var flake = new TestFlake();
        foreach (var number in Enumerable.Range(0, 50))
        {
            flake.With($"host{number:00}");
        }

        var evaluation = await bench.Builder.EvaluateAsync(bench.Flake(flake), null, TestContext.Current.CancellationToken);

        Assert.Single(bench.Processes.Commands);
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"host{number:00}"), evaluation.Systems.Select(system => system.Attribute));
        Assert.All(evaluation.Systems, system =>
        {
            Assert.True(system.Derivation!.Derivation.IsDerivation);
            Assert.Equal($"nixos-system-{system.Attribute}-1", system.Derivation.System.Name);
            Assert.True(File.Exists(system.Derivation.Derivation.ToString()));
        });
    }

    [Fact(Timeout = Timeout)]
    public async Task Only_the_asked_hosts_are_evaluated()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var source = bench.Flake(new TestFlake().With("a").With("b").WithExpression("c", "abort \"must not be looked at\""));

        var evaluation = await bench.Builder.EvaluateAsync(source, ["b", "a"], TestContext.Current.CancellationToken);

        Assert.Single(bench.Processes.Commands);
        Assert.Equal(["a", "b"], evaluation.Systems.Where(system => system.Failure is null).Select(system => system.Attribute));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_could_be_code_is_only_a_name()
    {
        using var bench = new NixBench();
        var names = new[] { "${abort \"x\"}", "a\"b", "back\\slash", "line\nbreak", "$${x}", "ä b" };
        var flake = new TestFlake();
        Array.ForEach(names, name => flake.With(name, new TestSystem()));
        flake.With("plain");
        var source = bench.Flake(flake);

        // The stand-in's name is no store name, so each fails with a message of its own: what matters is that it was found.
        var evaluation = await bench.Builder.EvaluateAsync(source, [.. names, "plain"], TestContext.Current.CancellationToken);

        Assert.Equal(names.Append("plain").Order(StringComparer.Ordinal), evaluation.Systems.Select(system => system.Attribute));
        Assert.NotNull(evaluation.Systems.Single(system => system.Attribute == "plain").Derivation);
        Assert.DoesNotContain(
            evaluation.Systems, system => system.Failure?.Message.Contains("has no nixosConfigurations", StringComparison.Ordinal) is true);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("throw \"the disk has no name\"", "the disk has no name")]
    [InlineData("assert false; null", "assert")]
    [InlineData("abort \"stop here\"", "stop here")]
    [InlineData("let x = x; in x", "infinite recursion")]
    [InlineData("{ }.missing", "attribute 'missing' missing")]
    [InlineData("1 + \"a\"", "cannot add")]
    [InlineData("{ drvPath = 1; outPath = \"x\"; }", "is not a NixOS system")]
    [InlineData("./flake.nix", "is not a NixOS system")]
    public async Task A_host_that_does_not_evaluate_has_its_message_and_the_others_their_systems(string expression, string message)
    {
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("a").With("b").WithExpression("bad", expression).With("z"));

        var evaluation = await bench.Builder.EvaluateAsync(source, null, TestContext.Current.CancellationToken);

        Assert.Null(evaluation.Failure);
        Assert.Equal(["a", "b", "bad", "z"], evaluation.Systems.Select(system => system.Attribute));
        Assert.Equal(["a", "b", "z"], evaluation.Systems.Where(system => system.Derivation is not null).Select(system => system.Attribute));
        var failure = evaluation.Systems[2].Failure!;
        Assert.Equal(BuildFailureKind.Evaluation, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_host_whose_error_cannot_be_caught_costs_one_more_process()
    {
        using var bench = new NixBench(options => options.MaxConcurrentEvaluations = 1);
        var flake = new TestFlake().WithExpression("host33", "abort \"stop here\"");
        foreach (var number in Enumerable.Range(0, 64).Where(number => number != 33))
        {
            flake.With($"host{number:00}");
        }

        var evaluation = await bench.Builder.EvaluateAsync(bench.Flake(flake), null, TestContext.Current.CancellationToken);

        Assert.Equal("host33", Assert.Single(evaluation.Systems, system => system.Failure is not null).Attribute);
        Assert.Equal(2, bench.Processes.Commands.Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_attribute_that_is_not_there_is_said_to_be_missing()
    {
        using var bench = new NixBench();

        var evaluation = await bench.Builder.EvaluateAsync(
            bench.Flake(new TestFlake().With("a")), ["a", "nobody"], TestContext.Current.CancellationToken);

        Assert.Contains("no nixosConfigurations.nobody", evaluation.Systems[1].Failure!.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Listing_evaluates_no_system()
    {
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake().With("b").WithExpression("a", "abort \"no\""));

        var listing = await bench.Builder.ListAsync(source, TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b"], listing.Attributes);
        Assert.Null(listing.Failure);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("laptops")]
    [InlineData("my laptops")]
    public async Task T3_a_flake_with_an_input_and_no_lock_file_is_unlocked(string name)
    {
        using var bench = new NixBench();
        var input = new TestFlake().WriteTo(bench.Store.CreateDirectory("input"));
        var source = bench.Flake(new TestFlake { Inputs = $"inputs.dep.url = \"path:{input}\";" }.With("a"), name);

        var evaluation = await bench.Builder.EvaluateAsync(source, null, TestContext.Current.CancellationToken);

        Assert.Empty(evaluation.Systems);
        Assert.Equal(BuildFailureKind.Unlocked, evaluation.Failure!.Kind);
        Assert.Contains($"'{name}'", evaluation.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("nix flake lock", evaluation.Failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(source.Directory, "flake.lock")));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flake_whose_lock_file_holds_its_inputs_evaluates()
    {
        using var bench = new NixBench();
        var input = new TestFlake().WriteTo(bench.Store.CreateDirectory("input"));
        var source = bench.Flake(new TestFlake { Inputs = $"inputs.dep.url = \"path:{input}\";" }.With("a"));
        await bench.NixAsync("nix", "flake", "lock", $"path:{source.Directory}");

        var evaluation = await bench.Builder.EvaluateAsync(source, null, TestContext.Current.CancellationToken);

        Assert.NotNull(Assert.Single(evaluation.Systems).Derivation);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("{ outputs = { self }: { }; }", "describes no systems")]
    [InlineData("{ outputs = ", "syntax error")]
    [InlineData("{ outputs = { self }: throw \"all gone\"; }", "all gone")]
    public async Task A_flake_that_says_nothing_is_a_failure_of_the_directory(string text, string message)
    {
        using var bench = new NixBench();
        var source = bench.Flake(new TestFlake());
        await File.WriteAllTextAsync(Path.Join(source.Directory, "flake.nix"), text, TestContext.Current.CancellationToken);

        var evaluation = await bench.Builder.EvaluateAsync(source, null, TestContext.Current.CancellationToken);
        var listing = await bench.Builder.ListAsync(source, TestContext.Current.CancellationToken);

        Assert.Empty(evaluation.Systems);
        Assert.Contains(message, evaluation.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(evaluation.Failure.Message, listing.Failure!.Message);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("with space")]
    [InlineData("hash#query?percent%20colon:")]
    [InlineData("naïve-日本")]
    [InlineData("quote\"dollar${x}'back\\")]
    [InlineData("-dash")]
    public async Task A_directory_may_have_any_name(string name)
    {
        using var bench = new NixBench();
        var flake = bench.Flake(new TestFlake().With("a"), name);
        var channel = bench.Channel("{ host = import ./name.nix; }", name + "-channel");
        await File.WriteAllTextAsync(Path.Join(channel.Directory, "name.nix"), "\"lab\"", TestContext.Current.CancellationToken);

        var ofFlake = await bench.DerivationsAsync(flake);
        var ofChannel = await bench.DerivationsAsync(channel);

        Assert.Equal("nixos-system-a-1", Assert.Single(ofFlake).System.Name);
        Assert.Equal("nixos-system-lab-1", Assert.Single(ofChannel).System.Name);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.GetTempPath(), "bento-registry-*").Select(TextOfIfThere),
            text => text.Contains(bench.Store.Root, StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_directory_has_one_system_called_as_the_directory_is()
    {
        using var bench = new NixBench();
        var source = bench.Channel("{ ... }: { host = \"lab\"; version = \"7\"; }");

        var listing = await bench.Builder.ListAsync(source, TestContext.Current.CancellationToken);
        var system = Assert.Single(await bench.DerivationsAsync(source));

        Assert.Equal(["lab"], listing.Attributes);
        Assert.Equal("lab", system.Attribute);
        Assert.Equal("nixos-system-lab-7", system.System.Name);
        Assert.True(File.Exists(system.Derivation.ToString()));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(bench.Store.StoreDirectory),
            path => path.EndsWith("-configuration.nix", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_machine_without_a_channel_is_told_what_to_add()
    {
        using var bench = new NixBench(options => options.Environment["NIX_PATH"] = "nothing=/nowhere");

        var evaluation = await bench.Builder.EvaluateAsync(
            bench.Channel("{ host = \"lab\"; }"), null, TestContext.Current.CancellationToken);

        Assert.Contains("nix-channel --add", Assert.Single(evaluation.Systems).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_directory_that_does_not_evaluate_has_its_message()
    {
        using var bench = new NixBench();

        var evaluation = await bench.Builder.EvaluateAsync(
            bench.Channel("throw \"no such disk\""), null, TestContext.Current.CancellationToken);

        Assert.Contains("no such disk", Assert.Single(evaluation.Systems).Failure!.Message, StringComparison.Ordinal);
    }

    // The registries of tests that run beside this one come and go.
    private static string TextOfIfThere(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            return string.Empty;
        }
    }
}
