namespace Bento.Benchmarks;

/// <summary>Measures two things in turn, so that what else the machine does meets both.</summary>
internal static class Rounds
{
    /// <param name="rounds">How often.</param>
    /// <param name="work">What is ours, in a given round.</param>
    /// <param name="rival">What it is compared with.</param>
    /// <returns>The medians.</returns>
    public static async Task<(Timing Work, Timing Rival)> MeasureAsync(
        int rounds, Func<int, Task<Timing>> work, Func<int, Task<Timing>> rival)
    {
        var works = new List<Timing>();
        var rivals = new List<Timing>();
        for (var round = 0; round < rounds; round++)
        {
            rivals.Add(await rival(round));
            works.Add(await work(round));
        }

        return (Median(works), Median(rivals));
    }

    public static Timing Median(IReadOnlyCollection<Timing> timings) => new(
        timings.Select(timing => timing.Seconds).Order().ElementAt(timings.Count / 2),
        timings.Select(timing => timing.ProcessorSeconds).Order().ElementAt(timings.Count / 2),
        timings.Max(timing => timing.PeakBytes));
}
