using Bento.Benchmarks.Processes;

namespace Bento.Benchmarks.Starts;

/// <summary>What the program costs before it does anything.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    public string Name => "start";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var process = new MeasuredProcess(new Dictionary<string, string?>(), string.Empty);
        _ = await process.RunAsync(BentoProgram.FullPath, "--version");
        var timings = new List<Timing>();
        for (var round = 0; round < 3 * options.Rounds; round++)
        {
            timings.Add(await process.RunAsync(BentoProgram.FullPath, "--version"));
        }

        yield return new Measurement
        {
            Work = "start of the program",
            Quantity = Quantity.ProcessorSeconds,
            Ours = Rounds.Median(timings).ProcessorSeconds,
            Limit = 0.020,
        };
        yield return new Measurement
        {
            Work = "size of the program",
            Quantity = Quantity.Bytes,
            Ours = new FileInfo(BentoProgram.FullPath).Length,
            Limit = 16_000_000,
        };
    }
}
