using Bento.Benchmarks.Fleets;

namespace Bento.Benchmarks.Transfers;

/// <summary>A host that builds nothing takes a whole system, against <c>nix copy</c> of the same closure over ssh.</summary>
internal sealed class ClosureBenchmark : IBenchmark
{
    private const int Megabytes = 500;
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    public string Name => "closure";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using var fleet = await ClosureFleet.StartAsync(RoundTrip, Megabytes);
        await fleet.DeployAsync("1");
        var (near, nearRival) = await CompareAsync(fleet, isFar: false, options.FewRounds);
        var (far, farRival) = await CompareAsync(fleet, isFar: true, options.FewRounds);
        var bytes = await fleet.ClosureBytesAsync();

        yield return new Measurement
        {
            Work = $"a host gets a system of {Megabytes} MB and switches, on loopback",
            Rival = "nix copy of the closure over ssh",
            Quantity = Quantity.Seconds,
            Ours = near.Seconds,
            Theirs = nearRival.Seconds,
            Limit = 1.3,
        };
        yield return new Measurement
        {
            Work = $"a host gets a system of {Megabytes} MB and switches, at 50 ms",
            Rival = "nix copy of the closure over ssh",
            Quantity = Quantity.Seconds,
            Ours = far.Seconds,
            Theirs = farRival.Seconds,
            Limit = 0.5,
        };
        yield return new Measurement
        {
            Work = "memory of the agent meanwhile",
            Quantity = Quantity.Bytes,
            Ours = long.Max(near.PeakBytes, far.PeakBytes),
            Limit = 80_000_000,
        };

        await fleet.DeployAsync("2");
        var before = fleet.BytesOverLink;
        _ = await fleet.UpdateAsync(isFar: true);
        yield return new Measurement
        {
            Work = "bytes over the wire for the next release, after one small file changed",
            Rival = "the closure",
            Quantity = Quantity.Bytes,
            Ours = fleet.BytesOverLink - before,
            Theirs = bytes,
            Limit = 0.02,
        };
    }

    private static Task<(Timing Work, Timing Rival)> CompareAsync(ClosureFleet fleet, bool isFar, int rounds) => Rounds.MeasureAsync(
        rounds,
        async _ =>
        {
            await fleet.ForgetAsync(all: true);
            return await fleet.UpdateAsync(isFar);
        },
        async _ =>
        {
            await fleet.ForgetAsync(all: true);
            return await fleet.CopyAsync(isFar);
        });
}
