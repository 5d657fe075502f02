using Bento.Benchmarks.Fleets;
using Bento.Benchmarks.Looks;
using Bento.Benchmarks.Output;

namespace Bento.Benchmarks;

/// <summary>How the cost of a deploy and of a status grows with the hosts, and that of an update with the files: two pictures.</summary>
internal static class GrowthBenchmark
{
    private static readonly int[] Fleets = [10, 100, 1000];
    private static readonly int[] LargeFleets = [10, 100, 1000, 10_000];
    private static readonly int[] FileCounts = [20, 200, 2000, 10_000];

    public static async Task DrawAsync(string directory)
    {
        var (first, again, status) = (new List<(int, double)>(), new List<(int, double)>(), new List<(int, double)>());
        foreach (var hosts in Fleets)
        {
            using var fleet = new FlakeFleet(hosts);
            first.Add((hosts, (await fleet.BentoAsync("deploy")).Seconds));
            again.Add((hosts, Rounds.Median([await fleet.BentoAsync("deploy"), await fleet.BentoAsync("deploy")]).Seconds));
        }

        foreach (var hosts in LargeFleets)
        {
            status.Add((hosts, (await StatusBenchmark.MeasureAsync(hosts, 3)).Work.Seconds));
        }

        await WriteAsync(
            directory,
            "hosts.svg",
            GrowthPlot.Draw(
                "What a fleet costs",
                "hosts",
                [new Growth("first deploy", first), new Growth("nothing changed", again), new Growth("status", status)]));
        await WriteAsync(
            directory, "files.svg", GrowthPlot.Draw("What files cost at 50 ms", "files of a host", await FilesAsync()));
    }

    private static async Task<IReadOnlyList<Growth>> FilesAsync()
    {
        await using var fleet = await DistantFleet.StartAsync(TimeSpan.FromMilliseconds(50));
        var (deploys, updates) = (new List<(int, double)>(), new List<(int, double)>());
        foreach (var count in FileCounts)
        {
            fleet.Write($"{count}");
            DistantFleet.WriteFiles(fleet.Flake, count, "grown");
            deploys.Add((count, (await fleet.DeployAsync()).Seconds));
            updates.Add((count, (await fleet.PollAsync()).Seconds));
        }

        return [new Growth("deploy", deploys), new Growth("update of a host", updates)];
    }

    private static async Task WriteAsync(string directory, string name, string picture)
    {
        _ = Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Join(directory, name), picture);
    }
}
