using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Fleet;
using Bento.Testing.Fleet;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Fleets to which much goes wrong, and a checker that must be able to find it.</summary>
public sealed class ScriptedFleetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 3_600_000)]
    public async Task Whatever_happens_to_a_fleet_every_rule_holds_and_it_recovers()
    {
        var outcomes = new HashSet<AttemptOutcome>();
        var seeds = Simulation.Seeds(usual: 20).ToList();
        foreach (var seed in seeds)
        {
            using var fleet = new ScriptedFleet();
            var observer = new FleetObserver(fleet);
            await Simulation.RunAsync(observer, seed, steps: 40, Cancellation);
            outcomes.UnionWith((await observer.ObserveAsync(Cancellation)).SelectMany(host => host.Reports)
                .Select(report => report.Outcome)
                .OfType<AttemptOutcome>());
        }

        // One script meets a few of the ways in which an attempt ends, twenty meet most: otherwise nothing goes wrong any more.
        Assert.True(seeds.Count < 20 || outcomes.Count >= 6, string.Join(' ', outcomes));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_simulation_is_the_same_each_time()
    {
        Assert.Equal(await TraceAsync(), await TraceAsync());

        static async Task<string> TraceAsync()
        {
            using var fleet = new ScriptedFleet();
            var observer = new FleetObserver(fleet);
            await Simulation.RunAsync(observer, seed: 7, steps: 40, Cancellation);
            return string.Join('\n', (await observer.ObserveAsync(Cancellation)).Select(host =>
                $"{host.Host} {host.State} {string.Join(' ', host.Reports.Select(report => $"{report.Number}-{report.Attempt} "
                    + $"{report.Outcome}").Order(StringComparer.Ordinal))}"));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_machine_that_changes_while_the_server_is_away_is_found_and_the_seed_is_said()
    {
        using var fleet = new ScriptedFleet();
        var host = fleet.Hosts[0];
        var inner = host.Transport.BeforeCall!;
        host.Transport.BeforeCall = (call, token) =>
        {
            host.Machine.Running = host.IsOnline
                ? host.Machine.Running
                : StorePath.Parse($"/nix/store/{new string('0', 32)}-somebody-else");
            return inner(call, token);
        };

        var found = await Assert.ThrowsAsync<InvariantException>(() => Simulation.RunAsync(new(fleet), seed: 3, steps: 200, Cancellation));

        Assert.StartsWith("I4 ", found.Message, StringComparison.Ordinal);
        Assert.Contains($"{Simulation.SeedVariable}=3", found.Message, StringComparison.Ordinal);
        Assert.Contains("poll h1, server away", found.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_status_that_is_green_too_early_is_found()
    {
        using var fleet = new ScriptedFleet(parts: services => services.AddSingleton<IFleetStatus, GreenStatus>());

        var found = await Assert.ThrowsAsync<InvariantException>(() => Simulation.RunAsync(new(fleet), seed: 1, steps: 40, Cancellation));

        Assert.StartsWith("I9 ", found.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_forgets_what_it_accepted_is_found()
    {
        using var fleet = new ScriptedFleet(hosts: 1);
        var host = fleet.Hosts[0];
        var inner = host.Transport.BeforeCall!;
        var calls = 0;
        host.Transport.BeforeCall = (call, token) =>
        {
            if (++calls % 50 == 0)
            {
                foreach (var copy in Directory.EnumerateFiles(host.StateDirectory, "journal*"))
                {
                    File.Delete(copy);
                }
            }

            return inner(call, token);
        };

        var found = await Assert.ThrowsAsync<InvariantException>(() => Simulation.RunAsync(new(fleet), seed: 5, steps: 400, Cancellation));

        Assert.Contains("I3 ", found.Message, StringComparison.Ordinal);
    }

    /// <summary>Believes that all is well.</summary>
    private sealed class GreenStatus : IFleetStatus
    {
        public Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<HostStatus>>(
                [.. new[] { "h1", "h2" }.Select(
                    host => new HostStatus { Host = HostName.Parse(host), State = HostState.UpToDate, Reason = "It always is." })]);

        public async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
            HostSelector hosts, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return await ReadAsync(hosts, cancellationToken);
        }

        public async IAsyncEnumerable<FleetChange> WatchAsync(
            HostSelector hosts, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
