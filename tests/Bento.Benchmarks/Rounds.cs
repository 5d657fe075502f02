using System.Diagnostics;

namespace Bento.Benchmarks;

/// <summary>Measures two things in turn, so that what else the machine does meets both.</summary>
internal static class Rounds
{
    /// <returns>Seconds by the clock, and seconds of the processors, which say more on a machine that is busy.</returns>
    public static async Task<(Timing Work, Timing Floor)> MeasureAsync(int rounds, Func<Task> work, Func<Task> floor)
    {
        // The first round of each warms the caches of the kernel and the compiler.
        await floor();
        await work();
        var works = new List<Timing>();
        var floors = new List<Timing>();
        for (var round = 0; round < rounds; round++)
        {
            floors.Add(await TimeAsync(floor));
            works.Add(await TimeAsync(work));
        }

        return (Median(works), Median(floors));
    }

    private static async Task<Timing> TimeAsync(Func<Task> action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        await action();
        return new Timing(Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private static Timing Median(List<Timing> timings) => new(
        timings.Select(timing => timing.Seconds).Order().ElementAt(timings.Count / 2),
        timings.Select(timing => timing.ProcessorSeconds).Order().ElementAt(timings.Count / 2));
}
