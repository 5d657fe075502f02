using Bento.Benchmarks.Fleets;
using Bento.Benchmarks.Processes;

namespace Bento.Benchmarks.Deploys;

/// <summary>What is done again and again with a fleet that is published already.</summary>
internal sealed class LaterDeployBenchmark : IBenchmark
{
    private const int DefaultHosts = 1000;

    /// <summary>What a fiftieth of a second is enough to add.</summary>
    private const int Numbers = 100_000;

    public string Name => "later-deploy";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var fleet = new FlakeFleet(options.Hosts ?? DefaultHosts);
        _ = await fleet.BentoAsync("deploy");

        yield return await CompareAsync(
            options.Rounds, "deploy, nothing changed", "find over the tree", 1.5, () => fleet.BentoAsync("deploy"),
            () => fleet.Process.RunAsync("find", fleet.Directory, "-printf", "%s %T@ %i\n"), fleet) with
        {
            Note = $"{await CountProgramsAsync(fleet)} programs started",
        };
        yield return await CompareAsync(
            options.Rounds, "build again", "one nix build", 1.2, () => fleet.BentoAsync("build"), fleet.NixBuildAsync, fleet);
        yield return await CompareAsync(
            options.Rounds, "plan again", "one nix build", 1.2, () => fleet.BentoAsync("plan"), fleet.NixBuildAsync, fleet);
        yield return await AfterAnEditAsync(options);
    }

    /// <summary>Of hosts whose evaluation takes a hundredth of what NixOS takes: the publishing is the larger part of it.</summary>
    private static async Task<Measurement> AfterAnEditAsync(BenchmarkOptions options)
    {
        using var fleet = new FlakeFleet(options.Hosts ?? DefaultHosts);
        fleet.WriteHeavy(Numbers);
        _ = await fleet.BentoAsync("deploy");
        var edits = 0;
        return await CompareAsync(
            options.FewRounds,
            "deploy after an edit that changes no system",
            "one evaluation of them",
            1.2,
            async () =>
            {
                await File.WriteAllTextAsync(Path.Join(fleet.Flake, "README"), $"{++edits}");
                return await fleet.BentoAsync("deploy");
            },
            fleet.NixEvalAsync,
            fleet);
    }

    private static async Task<Measurement> CompareAsync(
        int rounds, string work, string rival, double limit, Func<Task<Timing>> ours, Func<Task<Timing>> theirs, FlakeFleet fleet)
    {
        // The first of each warms the caches of the kernel.
        _ = await ours();
        _ = await theirs();
        var (measured, compared) = await Rounds.MeasureAsync(rounds, _ => ours(), _ => theirs());
        return new Measurement
        {
            Work = $"{work}, {fleet.Hosts.Count} hosts",
            Rival = rival,
            Quantity = Quantity.Seconds,
            Ours = measured.Seconds,
            Theirs = compared.Seconds,
            Limit = limit,
            Note = $"at most {Quantity.Bytes.Show(measured.PeakBytes)} of memory",
        };
    }

    private static async Task<int> CountProgramsAsync(FlakeFleet fleet)
    {
        var trace = Path.Join(fleet.Nix.Root, "trace");
        _ = await fleet.Process.RunAsync("strace", "-f", "-qq", "-e", "trace=execve", "-o", trace, BentoProgram.FullPath, "deploy");
        var started = File.ReadLines(trace).Count(
            line => line.Contains("execve(", StringComparison.Ordinal) && line.EndsWith(" = 0", StringComparison.Ordinal));

        // The first is Bento.
        return started - 1;
    }
}
