using System.Diagnostics;
using System.Globalization;
using Bento.Status;
using Bento.TestBench.Fleet;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Sweep;

/// <summary>
/// Five agents that stay, a publisher that publishes what works and what does not, and a server that stops, hangs, runs full and moves
/// back in time, for as long as somebody likes: what docs/faults.md says holds at every look, and in the end all are up to date.
/// </summary>
public sealed class ChaosTests
{
    private const int Hosts = 5;

    /// <summary>What an agent may take, whatever its server does.</summary>
    private const long MostBytes = 512 << 20;

    private static readonly TimeSpan Time = TimeSpan.FromMinutes(
        double.TryParse(Environment.GetEnvironmentVariable("BENTO_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes)
            ? minutes
            : 2);

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(3);

    private readonly Dictionary<HostName, TestSystem> _systems = [];
    private readonly Dictionary<HostName, Observation> _seen = [];
    private readonly List<string> _story = [];

    [Fact(Explicit = true, Timeout = 86_400_000)]
    public async Task Five_agents_and_their_publisher_go_through_chaos_and_no_row_lies()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BENTO_SOAK_SEED"), out var given) ? given : Environment.TickCount;
        var random = new Random(seed);
        await using var bench = await SweepBench.StartAsync(Hosts);
        foreach (var machine in bench.Machines)
        {
            _systems[machine.Host] = new TestSystem { Version = "0" };
        }

        await bench.PublishAsync(_systems);
        var agents = bench.Machines.Select(machine => new ResidentAgent(bench, machine)).ToList();
        try
        {
            await SettleAsync(bench, agents);
            var began = Stopwatch.GetTimestamp();
            for (var round = 1; round <= 5 || Stopwatch.GetElapsedTime(began) < Time; round++)
            {
                await DoAsync(bench, agents, random, round);
                await LookAsync(bench, agents);
            }

            foreach (var machine in bench.Machines)
            {
                _systems[machine.Host] = new TestSystem { Version = "end" };
            }

            await bench.PublishAsync(_systems);
            await SettleAsync(bench, agents);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"BENTO_SOAK_SEED={seed}\n{string.Join('\n', _story.TakeLast(30))}", exception);
        }
        finally
        {
            agents.ForEach(agent => agent.Dispose());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_story.Count} events; BENTO_SOAK_SEED={seed}");
    }

    private async Task DoAsync(SweepBench bench, IReadOnlyList<ResidentAgent> agents, Random random, int round)
    {
        var agent = agents[random.Next(agents.Count)];
        var host = agent.Machine.Host;
        var what = random.Next(9);
        _story.Add($"{round}: {what} {host}");
        switch (what)
        {
            case 0 or 1:
                await PublishAsync(bench, host, new TestSystem { Version = $"{round}" });
                break;
            case 2:
                await PublishAsync(bench, host, new TestSystem { Version = $"{round}", BuildScript = "echo does not build; exit 3" });
                break;
            case 3:
                await PublishAsync(bench, host, new TestSystem { Version = $"{round}", SwitchExitCode = 1 });
                break;
            case 4:
                await bench.Server.StopAsync();
                await PublishAsync(bench, host, new TestSystem { Version = $"{round}" });
                await bench.Server.StartAgainAsync();
                break;
            case 5:
                bench.Server.PauseSessions();
                await LookAsync(bench, agents);
                bench.Server.ResumeSessions();
                break;
            case 6:
                bench.Server.KillSessions();
                break;
            case 7:
                using (agent.Machine.FillLogs())
                {
                    await PublishAsync(bench, host, new TestSystem { Version = $"{round}" });
                    await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
                }

                agent.Machine.MoveBackInTime();
                break;
            default:
                await agent.KillAndStartAgainAsync();
                break;
        }
    }

    private Task PublishAsync(SweepBench bench, HostName host, TestSystem system)
    {
        _systems[host] = system;
        return bench.PublishAsync(_systems);
    }

    /// <summary>What holds at every moment.</summary>
    private async Task LookAsync(SweepBench bench, IReadOnlyList<ResidentAgent> agents)
    {
        foreach (var now in await bench.ObserveAllAsync())
        {
            Assert.Empty(Invariants.Check(_seen.GetValueOrDefault(now.Host), now));
            _seen[now.Host] = now;
        }

        foreach (var agent in agents)
        {
            Assert.False(agent.HasExited, $"The agent of {agent.Machine.Host} has ended:\n{string.Join('\n', agent.Lines.TakeLast(20))}");
            Assert.InRange(agent.Bytes, 0, MostBytes);
            Assert.DoesNotContain(agent.Lines, line => line.StartsWith("   at ", StringComparison.Ordinal)
                || line.Contains("Unhandled exception", StringComparison.Ordinal));
        }
    }

    /// <summary>All are up to date, and what holds two polls after the last fault does.</summary>
    private async Task SettleAsync(SweepBench bench, IReadOnlyList<ResidentAgent> agents)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            await LookAsync(bench, agents);
            var broken = _seen.Values.SelectMany(Invariants.CheckSettled)
                .Concat(_seen.Values.Where(now => now.State != HostState.UpToDate).Select(now => $"{now.Host} is {now.State}"))
                .ToList();
            if (broken.Count == 0)
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Soon, string.Join('\n', broken));
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }
}
