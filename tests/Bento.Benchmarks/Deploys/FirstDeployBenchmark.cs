using Bento.Benchmarks.Fleets;

namespace Bento.Benchmarks.Deploys;

/// <summary>The first deploy of a fleet, whose systems must all be built, against one nix build of them.</summary>
internal sealed class FirstDeployBenchmark : IBenchmark
{
    public string Name => "first-deploy";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        (int Hosts, int Rounds)[] sizes = options.Hosts is { } given
            ? [(given, options.FewRounds)]
            : [(50, options.FewRounds), (1000, 1)];
        foreach (var (hosts, rounds) in sizes)
        {
            var (work, rival) = await Rounds.MeasureAsync(
                rounds,
                async _ =>
                {
                    using var fleet = new FlakeFleet(hosts);
                    return await fleet.BentoAsync("deploy");
                },
                async _ =>
                {
                    using var fleet = new FlakeFleet(hosts);
                    return await fleet.NixBuildAsync();
                });
            yield return new Measurement
            {
                Work = $"first deploy of {hosts} hosts",
                Rival = "one nix build of them",
                Quantity = Quantity.Seconds,
                Ours = work.Seconds,
                Theirs = rival.Seconds,
                Limit = 1.1,
                Note = $"at most {Quantity.Bytes.Show(work.PeakBytes)} of memory",
            };
        }
    }
}
