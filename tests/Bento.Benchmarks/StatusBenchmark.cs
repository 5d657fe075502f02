using Bento.Hosts;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Benchmarks;

/// <summary>
/// Status of a large fleet whose reports are all known, against a plain loop that opens and reads the files that status opens.
/// </summary>
internal sealed class StatusBenchmark : IBenchmark
{
    private const int DefaultHosts = 10_000;

    public string Name => "status";

    public string Claim => "status of 10,000 hosts, warm, against a plain loop that opens and reads the same files; 150 MB";

    public async Task<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var directory = new TempDirectory();
        await using var services = new ServiceCollection()
            .AddBento(bento => bento.Directory = directory.FullPath)
            .Services.BuildServiceProvider();
        var hosts = Enumerable.Range(0, options.Hosts ?? DefaultHosts).Select(index => HostName.Parse($"host-{index:00000}")).ToList();
        var fleet = new SampleFleet(directory.FullPath, services.GetRequiredService<IStatusStore>());
        await fleet.WriteAsync(hosts);
        var status = services.GetRequiredService<IFleetStatus>();
        var statuses = await status.ReadAsync(HostSelector.All);
        if (statuses.Count != hosts.Count || statuses.Any(host => host.State != HostState.UpToDate || host.Remarks.Count > 0))
        {
            throw new InvalidOperationException(
                "The fleet is not what it should be: "
                    + $"{statuses.First(host => host.State != HostState.UpToDate || host.Remarks.Count > 0)}");
        }

        var files = fleet.FilesThatStatusReads(hosts);
        PeakMemory.Reset();
        _ = await status.ReadAsync(HostSelector.All);
        var peak = PeakMemory.ReadBytes();
        var (work, floor) = await Rounds.MeasureAsync(
            options.Rounds,
            async () => _ = await status.ReadAsync(HostSelector.All),
            () =>
            {
                foreach (var file in files)
                {
                    _ = File.ReadAllBytes(file);
                }

                return Task.CompletedTask;
            });
        return new Measurement(
            work, floor, 2.0, [$"{files.Count} files", $"{peak / 1_000_000} MB at the most, the runtime and the set-up included"]);
    }
}
