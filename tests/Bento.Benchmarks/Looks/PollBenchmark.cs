using System.Diagnostics;
using Bento.Benchmarks.Fleets;
using Bento.Benchmarks.Processes;

namespace Bento.Benchmarks.Looks;

/// <summary>A host that looks whether there is something new, and says that it lives, against sftp that lists one directory.</summary>
internal sealed class PollBenchmark : IBenchmark
{
    private const string OneList = "ls\n";

    public string Name => "poll";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using var fleet = await DistantFleet.StartAsync(TimeSpan.FromMilliseconds(50));
        _ = await fleet.DeployAsync();
        for (var poll = 0; poll < 3; poll++)
        {
            // The first switches, and the third finds that the one before was quiet.
            _ = await fleet.PollAsync();
        }

        var before = fleet.RoundTrips;
        var (work, rival) = await Rounds.MeasureAsync(options.Rounds, _ => fleet.PollAsync(), _ => fleet.SftpAsync(OneList));
        var trips = (fleet.RoundTrips - before) / (2 * options.Rounds);
        yield return Row("one poll at 50 ms, nothing new", work, rival, 0.85) with { Note = $"{trips} round trips, the mean of both" };

        (work, rival) = await Rounds.MeasureAsync(options.Rounds, _ => fleet.PollNearAsync(), _ => fleet.SftpNearAsync(OneList));
        yield return Row("one poll on loopback, nothing new", work, rival, 0.7) with
        {
            Note = $"processors {Quantity.Seconds.Show(work.ProcessorSeconds)} against {Quantity.Seconds.Show(rival.ProcessorSeconds)}",
        };

        before = fleet.RoundTrips;
        _ = await fleet.PollAsync();
        yield return new Measurement
        {
            Work = "one poll, nothing new",
            Quantity = Quantity.RoundTrips,
            Ours = fleet.RoundTrips - before,
            Limit = 11,
            Note = "login, heartbeat and farewell included",
        };
        yield return new Measurement
        {
            Work = "one poll of a resident agent",
            Quantity = Quantity.RoundTrips,
            Ours = await CountResidentAsync(fleet),
            Limit = 1,
        };
    }

    /// <summary>The fewest between two seconds: a look takes place in each, and a heartbeat is due now and then.</summary>
    private static async Task<int> CountResidentAsync(DistantFleet fleet)
    {
        var start = new ProcessStartInfo(BentoProgram.FullPath, ["agent", "run", "--config", Path.Join(fleet.Machine, "agent.json")])
        {
            RedirectStandardError = true,
        };
        foreach (var (name, value) in fleet.Environment)
        {
            start.Environment[name] = value;
        }

        using var agent = Process.Start(start)!;
        var drained = agent.StandardError.ReadToEndAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = fleet.RoundTrips;
        await Task.Delay(TimeSpan.FromSeconds(10));
        var trips = fleet.RoundTrips - before;
        agent.Kill();
        await agent.WaitForExitAsync();
        _ = await drained;
        return (int)Math.Round(trips / 10.0, MidpointRounding.AwayFromZero);
    }

    private static Measurement Row(string work, Timing ours, Timing theirs, double limit) => new()
    {
        Work = work,
        Rival = "sftp with one ls",
        Quantity = Quantity.Seconds,
        Ours = ours.Seconds,
        Theirs = theirs.Seconds,
        Limit = limit,
    };
}
