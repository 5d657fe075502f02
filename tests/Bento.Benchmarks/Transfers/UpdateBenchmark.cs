using Bento.Benchmarks.Fleets;

namespace Bento.Benchmarks.Transfers;

/// <summary>
/// A host at 50 ms that takes a release with many small files, evaluates, builds and switches, against sftp that copies the files.
/// </summary>
internal sealed class UpdateBenchmark : IBenchmark
{
    private static readonly int[] Counts = [200, 2000];

    public string Name => "update";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using var fleet = await DistantFleet.StartAsync(TimeSpan.FromMilliseconds(50));
        _ = await fleet.DeployAsync();
        _ = await fleet.PollAsync();
        DistantFleet.WriteFiles(fleet.CreateInArea("rival"), Counts[0], "rival");
        var rival = await fleet.SftpAsync($"get -r logs/rival {Path.Join(fleet.Machine, "rival")}\n");
        Directory.Delete(fleet.CreateInArea("rival"), recursive: true);

        var versions = 1;
        var medians = new List<Timing>();
        foreach (var count in Counts)
        {
            var rounds = new List<Timing>();
            for (var round = 0; round < options.FewRounds; round++)
            {
                fleet.Write($"{++versions}");
                DistantFleet.WriteFiles(fleet.Flake, count, $"{versions}");
                _ = await fleet.DeployAsync();
                rounds.Add(await fleet.PollAsync());
            }

            medians.Add(Rounds.Median(rounds));
        }

        yield return new Measurement
        {
            Work = $"update of {Counts[0]} small files at 50 ms, and the switch",
            Rival = "sftp get -r of them",
            Quantity = Quantity.Seconds,
            Ours = medians[0].Seconds,
            Theirs = rival.Seconds,
            Limit = 1 / 20.0,
            Note = $"at most {Quantity.Bytes.Show(medians[0].PeakBytes)} of memory",
        };
        yield return new Measurement
        {
            Work = $"update of {Counts[1]} small files",
            Rival = $"the update of {Counts[0]}",
            Quantity = Quantity.Seconds,
            Ours = medians[1].Seconds,
            Theirs = medians[0].Seconds,
            Limit = 1.25,
            Note = $"at most {Quantity.Bytes.Show(medians[1].PeakBytes)} of memory",
        };
    }
}
