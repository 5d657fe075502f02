using Bento.Benchmarks.Fleets;

namespace Bento.Benchmarks.Deploys;

/// <summary>Hosts of one flake that each take a third of a second to evaluate, on all processors against one evaluator.</summary>
internal sealed class EvaluationBenchmark : IBenchmark
{
    private const int DefaultHosts = 100;

    /// <summary>What a third of a second is enough to add.</summary>
    private const int Numbers = 1_500_000;

    public string Name => "evaluation";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var fleet = new FlakeFleet(options.Hosts ?? DefaultHosts);
        fleet.WriteHeavy(Numbers);
        _ = await fleet.BentoAsync("deploy");
        var edits = 0;
        var (work, rival) = await Rounds.MeasureAsync(
            options.FewRounds,
            async _ =>
            {
                await File.WriteAllTextAsync(Path.Join(fleet.Flake, "README"), $"{++edits}");
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
}
