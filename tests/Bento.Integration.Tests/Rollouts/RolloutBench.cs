using Bento.Hosts;
using Bento.Rollouts;
using Bento.TestBench.Fleet;
using Bento.Testing.Fleet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Integration.Tests.Rollouts;

/// <summary>A scripted fleet whose hosts all run a first release, and something new to roll out for each.</summary>
internal sealed class RolloutBench : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(5);

    private RolloutBench(ScriptedFleet fleet) => Fleet = fleet;

    public ScriptedFleet Fleet { get; }

    public List<FleetEvent> Events { get; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes the fleet.</summary>
    /// <param name="hosts">How many hosts: h1, h2, and so on.</param>
    /// <param name="kind">The kind of what is new.</param>
    /// <param name="configure">Sets the options of the rollout; without it there are two waves, h1 and the others, and no soaking.</param>
    public static async Task<RolloutBench> CreateAsync(int hosts, string kind = "plain", Action<RolloutOptions>? configure = null)
    {
        var options = new RolloutOptions { Soak = TimeSpan.Zero };
        options.Waves.Add(new RolloutWaveOptions { Hosts = "h1" });
        configure?.Invoke(options);
        var bench = new RolloutBench(new ScriptedFleet(
            hosts, services => services.Configure<BentoOptions>(bento => bento.Rollout = options)));
        bench.ChangeAll();
        _ = await bench.Fleet.DeployAsync(cancellationToken: Cancellation);
        await bench.PollAsync();
        bench.ChangeAll(kind);
        return bench;
    }

    public ScriptedHost Host(int n) => Fleet.Hosts[n - 1];

    public void ChangeAll(string kind = "plain")
    {
        foreach (var host in Fleet.Hosts)
        {
            Fleet.Change(host, kind);
        }
    }

    /// <summary>Lets a poll of every host that is there go by, and some time.</summary>
    public async Task PollAsync(TimeSpan? after = null)
    {
        Fleet.Wait(after ?? Poll);
        foreach (var host in Fleet.Hosts.Where(host => host.IsOnline))
        {
            _ = await host.PollAsync(Cancellation);
        }
    }

    public Task<RolloutStart?> StartAsync(RolloutRequest? request = null, int killedAt = 0) => Fleet.UseAsync<IRollout, RolloutStart>(
        rollout => rollout.StartAsync(request ?? new(), new Listener(Events.Add), Cancellation), killedAt);

    public Task<RolloutStatus?> ContinueAsync(RolloutContinuation? decided = null, int killedAt = 0) =>
        Fleet.UseAsync<IRollout, RolloutStatus?>(
            rollout => rollout.ContinueAsync(decided ?? new(), new Listener(Events.Add), Cancellation), killedAt);

    public async Task<RolloutStatus> ReadAsync() =>
        (await Fleet.UseAsync<IRollout, RolloutStatus?>(rollout => rollout.ReadAsync(Cancellation)))!;

    /// <summary>The numbers of the releases in the areas, in order of the hosts.</summary>
    public string Numbers() => string.Join(
        ' ', Fleet.Hosts.Select(host => SeenRelease.Read(path => Fleet.Server.Get(host.Name, path))?.Number.Sequence ?? 0));

    /// <summary>The files that the publisher keeps to publish them later.</summary>
    public IReadOnlyList<string> Kept()
    {
        using var services = Fleet.CreateOperator();
        var pinned = Path.Join(services.GetRequiredService<IOptions<BentoOptions>>().Value.Directory, ".bento", "rollout", "pinned");
        return Directory.Exists(pinned) ? Directory.GetFiles(pinned) : [];
    }

    public void Dispose() => Fleet.Dispose();

    private sealed class Listener(Action<FleetEvent> action) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            lock (action)
            {
                action(value);
            }
        }
    }
}
