using System.Diagnostics;
using System.Globalization;
using Bento.Status;

namespace Bento.Cli.Tests.Sweep;

/// <summary>
/// A resident agent whose server is stopped, paused, cut off, filled, moved back in time and started again, for as long as somebody likes:
/// it always comes back, and it does not grow.
/// </summary>
public sealed class SoakTests
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("BENTO_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes)
            ? minutes
            : 2);

    [Fact(Explicit = true, Timeout = 86_400_000)]
    public async Task A_resident_agent_outlives_every_trouble_of_its_server_and_does_not_grow()
    {
        await using var bench = await SweepBench.StartAsync();
        await bench.PublishAsync("0");
        using var agent = CliProcess.Start(CliProcess.Program, ["agent", "run", "--config", bench.AgentFile], bench.Environment);
        _ = agent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await UpToDateAsync(bench, agent);

        // The first rounds load what is loaded once.
        var began = Stopwatch.GetTimestamp();
        var (files, bytes) = (0, 0L);
        for (var round = 1; round <= 4 || Stopwatch.GetElapsedTime(began) < Time; round++)
        {
            await bench.Server.StopAsync();
            await bench.PublishAsync($"{round}");
            await bench.Server.StartAgainAsync();
            await UpToDateAsync(bench, agent);
            bench.Server.PauseSessions();
            bench.Server.ResumeSessions();
            bench.Server.KillSessions();
            using (bench.FillLogs())
            {
                await bench.PublishAsync($"{round}-full");
                bench.MoveBackInTime();
                await PollsAsync(bench);
            }

            await UpToDateAsync(bench, agent);
            if (round == 3)
            {
                (files, bytes) = Size(agent);
            }
        }

        await UpToDateAsync(bench, agent);
        var (lastFiles, lastBytes) = Size(agent);
        agent.Kill();

        TestContext.Current.TestOutputHelper?.WriteLine($"files {files} -> {lastFiles}, bytes {bytes} -> {lastBytes}");
        Assert.InRange(lastFiles, 0, files + 10);
        Assert.InRange(lastBytes, 0, bytes + (64 << 20));
    }

    private static (int Files, long Bytes) Size(Process agent)
    {
        agent.Refresh();
        return (Directory.GetFileSystemEntries($"/proc/{agent.Id}/fd").Length, agent.WorkingSet64);
    }

    /// <summary>A few polls of the agent, one a second.</summary>
    private static async Task PollsAsync(SweepBench bench)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5))
        {
            _ = await bench.ObserveAsync();
        }
    }

    /// <summary>What another process does cannot be awaited; the timeout of the test bounds it.</summary>
    private static async Task UpToDateAsync(SweepBench bench, Process agent)
    {
        while (await bench.ObserveAsync() is { State: not HostState.UpToDate })
        {
            Assert.False(agent.HasExited);
            await Task.Yield();
        }
    }
}
