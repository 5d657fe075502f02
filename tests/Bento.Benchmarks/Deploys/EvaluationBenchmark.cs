using Bento.Benchmarks.Fleets;
using Bento.TestBench.Nix;

namespace Bento.Benchmarks.Deploys;

/// <summary>Hosts of one flake that each take a third of a second to evaluate, on all processors against one evaluator.</summary>
internal sealed class EvaluationBenchmark : IBenchmark
{
    private const int DefaultHosts = 100;

    // Adds numbers until about a third of a second is over.
    private const string Heavy = """mkSystem { host = "@"; version = toString (builtins.foldl' (sum: n: sum + n) 0 (builtins.genList (n: n + #) 1500000)); }""";

    public string Name => "evaluation";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var fleet = new FlakeFleet(options.Hosts ?? DefaultHosts);
        var salt = 0;
        Rewrite(fleet, salt);
        _ = await fleet.BentoAsync("deploy");
        var (work, rival) = await Rounds.MeasureAsync(
            options.FewRounds,
            async _ =>
            {
                await File.WriteAllTextAsync(Path.Join(fleet.Flake, "README"), $"{++salt}");
                return await fleet.BentoAsync("deploy");
            },
            _ => fleet.NixEvalAsync());
        yield return new Measurement
        {
            Work = $"evaluation of {fleet.Hosts.Count} heavy hosts on {Environment.ProcessorCount} processors",
            Rival = "one nix eval",
            Quantity = Quantity.Seconds,
            Ours = work.Seconds,
            Theirs = rival.Seconds,
            Limit = 1.2 / Environment.ProcessorCount,
            Note = $"processors {Quantity.Seconds.Show(work.ProcessorSeconds)} against {Quantity.Seconds.Show(rival.ProcessorSeconds)}",
        };
    }

    private static void Rewrite(FlakeFleet fleet, int salt)
    {
        var flake = new TestFlake();
        foreach (var (index, host) in fleet.Hosts.Index())
        {
            _ = flake.WithExpression(
                host,
                Heavy.Replace("@", host, StringComparison.Ordinal).Replace("#", $"{salt + index}", StringComparison.Ordinal));
        }

        _ = flake.WriteTo(fleet.Flake);
    }
}
