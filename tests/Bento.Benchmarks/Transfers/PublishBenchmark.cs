using Bento.Benchmarks.Fleets;

namespace Bento.Benchmarks.Transfers;

/// <summary>A publisher at 30 ms that writes one host over SFTP, against sftp that copies the same files.</summary>
internal sealed class PublishBenchmark : IBenchmark
{
    private const int Files = 600;

    public string Name => "publish";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using var fleet = await DistantFleet.StartAsync(TimeSpan.FromMilliseconds(30), publishesOverLink: true);
        var few = await CountAsync(fleet, options.FewRounds);
        DistantFleet.WriteFiles(fleet.Flake, Files, "new");
        var many = await CountAsync(fleet, options.FewRounds);
        _ = await fleet.SftpAsPublisherAsync($"put -r {Path.Join(fleet.Flake, "files")} {fleet.CreateInArea("rival")}\n");
        var rival = await fleet.SftpAsPublisherAsync($"put -r {Path.Join(fleet.Flake, "files")} {fleet.CreateInArea("again")}\n");

        yield return new Measurement
        {
            Work = $"publishing one host with {Files} files at 30 ms",
            Quantity = Quantity.RoundTrips,
            Ours = many.Trips,
            Limit = 12,
            Note = "without what a deploy takes that publishes nothing: login, lock, look and farewell",
        };
        yield return new Measurement
        {
            Work = $"publishing one host with {Files} files at 30 ms",
            Rival = "with three files",
            Quantity = Quantity.Seconds,
            Ours = many.Took.Seconds,
            Theirs = few.Took.Seconds,
            Limit = 1.25,
            Note = $"sftp put -r of them {Quantity.Seconds.Show(rival.Seconds)}",
        };
    }

    private static async Task<(Timing Took, int Trips)> CountAsync(DistantFleet fleet, int rounds)
    {
        var timings = new List<Timing>();
        var trips = int.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            await File.WriteAllTextAsync(Path.Join(fleet.Flake, "README"), $"{Guid.NewGuid()}");
            var before = fleet.RoundTrips;
            timings.Add(await fleet.DeployAsync());
            var publishing = fleet.RoundTrips - before;
            before = fleet.RoundTrips;
            _ = await fleet.DeployAsync();
            trips = int.Min(trips, publishing - (fleet.RoundTrips - before));
        }

        return (Rounds.Median(timings), trips);
    }
}
