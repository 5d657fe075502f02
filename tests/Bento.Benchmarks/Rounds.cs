using System.Diagnostics;

namespace Bento.Benchmarks;

/// <summary>Measures two things in turn, so that what else the machine does meets both.</summary>
internal static class Rounds
{
    public static async Task<(double Work, double Floor)> MeasureAsync(int rounds, Func<Task> work, Func<Task> floor)
    {
        // The first round of each warms the caches of the kernel and the compiler.
        await floor();
        await work();
        var works = new List<double>();
        var floors = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            floors.Add(await TimeAsync(floor));
            works.Add(await TimeAsync(work));
        }

        return (Median(works), Median(floors));
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var began = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
