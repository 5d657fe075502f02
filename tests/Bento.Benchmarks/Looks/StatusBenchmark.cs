using Bento.Benchmarks.Fleets;
using Bento.Benchmarks.Processes;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Benchmarks.Looks;

/// <summary>
/// Status of a large fleet whose reports are all known, against a plain loop that opens and reads the files that it rests on.
/// </summary>
internal sealed class StatusBenchmark : IBenchmark
{
    public string Name => "status";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var (work, rival) = await MeasureAsync(options.Hosts ?? 10_000, options.Rounds);
        yield return new Measurement
        {
            Work = $"status of {options.Hosts ?? 10_000} hosts",
            Rival = "a loop that reads the files",
            Quantity = Quantity.Seconds,
            Ours = work.Seconds,
            Theirs = rival.Seconds,
            Limit = 1.0,
        };
        yield return new Measurement
        {
            Work = $"memory of it",
            Quantity = Quantity.Bytes,
            Ours = work.PeakBytes,
            Limit = 80_000_000,
        };
        if (options.Hosts is null)
        {
            (work, rival) = await MeasureAsync(100_000, 1);
            yield return new Measurement
            {
                Work = "status of 100000 hosts",
                Quantity = Quantity.Seconds,
                Ours = work.Seconds,
                Limit = 3,
                Note = $"the loop {Quantity.Seconds.Show(rival.Seconds)}, at most {Quantity.Bytes.Show(work.PeakBytes)} of memory",
            };
        }
    }

    /// <summary>The whole program, its start and its output included; the loop is a program too, of one processor.</summary>
    public static async Task<(Timing Work, Timing Rival)> MeasureAsync(int count, int rounds)
    {
        using var directory = new TempDirectory();
        await using var services = new ServiceCollection()
            .AddBento(bento => bento.Directory = directory.FullPath)
            .Services.BuildServiceProvider();
        var hosts = Enumerable.Range(0, count).Select(index => HostName.Parse($"host-{index:000000}")).ToList();
        var fleet = new SampleFleet(directory.FullPath, services.GetRequiredService<IStatusStore>());
        await fleet.WriteAsync(hosts);
        _ = directory.WriteFile("bento.json", "{}");
        var list = directory.WriteFile("files", string.Join('\0', fleet.FilesThatStatusReads(hosts)));
        var process = new MeasuredProcess(
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory.FullPath }, directory.FullPath);
        var bento = () => process.RunAsync(BentoProgram.FullPath, "status", "--summary");
        var loop = () => process.RunAsync("xargs", "-0", "-a", list, "cat");

        // The first takes in the reports, and warms the caches of the kernel.
        _ = await bento();
        _ = await loop();
        var measured = await Rounds.MeasureAsync(rounds, _ => bento(), _ => loop());
        _ = await bento();
        return process.Output.Contains($"{count}", StringComparison.Ordinal)
            ? measured
            : throw new InvalidOperationException($"The fleet is not what it should be: {process.Output}");
    }
}
