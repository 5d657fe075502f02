using Bento.Building;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Testing.Fleet;

/// <summary>
/// A publisher and its hosts in one process, over a server in memory, on the public API alone: real releases, real signatures, real agents
/// with real files, and no Nix, no network and no waiting. An embedder tests own parts with it: <c>parts</c> registers them before Bento's.
/// </summary>
public sealed class ScriptedFleet : IDisposable
{
    internal const string Name = "scripted";

    /// <summary>Later than any file of this machine, so that no tree looks as if it were being written.</summary>
    private static readonly DateTimeOffset Start = new(2070, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = TempDirectory.InMemory();
    private readonly FleetSigner _signer = new();
    private readonly FaultPoint _faults = new();
    private readonly HostClock _clock = new(Start);
    private readonly Action<IServiceCollection>? _parts;
    private readonly ScriptedBuilder _builder;
    private readonly InMemoryTransport _transport;
    private readonly FleetObserver _observer;
    private int _versions;

    /// <param name="hosts">How many hosts: h1, h2, and so on.</param>
    /// <param name="parts">Registers parts of the publisher.</param>
    public ScriptedFleet(int hosts = 2, Action<IServiceCollection>? parts = null)
    {
        _parts = parts;
        var store = Directory.CreateDirectory(_directory["store"]).FullName;
        _builder = new ScriptedBuilder(store, isOnHost: false, _faults);
        _transport = new InMemoryTransport { Server = new InMemoryServer { Clock = _clock }, BeforeCall = BeforeCallAsync };
        Hosts = [.. Enumerable.Range(1, hosts).Select(n => new ScriptedHost(
            HostName.Parse($"h{n}"),
            Directory.CreateDirectory(_directory[$"machines/h{n}"]).FullName,
            store,
            _transport.Server,
            _signer.Key,
            Start))];
        _observer = new FleetObserver(_transport.Server);
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<ScriptedHost> Hosts { get; }

    /// <summary>What lies on the server.</summary>
    public InMemoryServer Server => _transport.Server;

    /// <summary>The earlier releases of a host, as they lay on the server, oldest first.</summary>
    public IReadOnlyList<byte[]> Replays(ScriptedHost host) => _observer.Envelopes(host.Name);

    /// <summary>Changes the configuration of a host and deploys it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="kind">The kind of the new version; one of <see cref="ScriptedBuilder"/>, or any other word for one that works.</param>
    /// <param name="killedAt">Before which effect, counted from 1, the publisher is killed; 0 for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of it; null when the publisher was killed.</returns>
    public async Task<DeployReport?> PublishAsync(
        ScriptedHost host, string kind = "plain", int killedAt = 0, CancellationToken cancellationToken = default)
    {
        _ = _directory.WriteFile($"fleet/hosts/{host.Name}/flake.nix", $"{host.Name} {++_versions} {kind}\n");
        return await DeployAsync(host, killedAt, cancellationToken);
    }

    /// <summary>Changes a file beside the system of a host and deploys it: another release, the same system.</summary>
    public Task<DeployReport?> PublishNoteAsync(ScriptedHost host, CancellationToken cancellationToken = default)
    {
        _ = _directory.WriteFile($"fleet/hosts/{host.Name}/README.md", $"{++_versions}\n");
        return DeployAsync(host, killedAt: 0, cancellationToken);
    }

    /// <summary>Publishes what a host had before its current release once more.</summary>
    public async Task<DeployReport> RollBackAsync(ScriptedHost host, CancellationToken cancellationToken = default)
    {
        await using var services = Operator();
        return await services.GetRequiredService<IDeployer>().RollBackAsync(
            new RollBackRequest { Hosts = HostSelector.Parse($"{host.Name}") }, cancellationToken: cancellationToken);
    }

    private async Task<DeployReport?> DeployAsync(ScriptedHost host, int killedAt, CancellationToken cancellationToken)
    {
        _faults.Arm(killedAt);
        try
        {
            return await DeployAsync($"{host.Name}", cancellationToken);
        }
        catch (PowerCutException)
        {
            return null;
        }
        finally
        {
            _faults.Arm(0);
            _ = _observer.Remember(host.Name);
        }
    }

    /// <summary>Deploys what there is: finishes what a killed publisher left.</summary>
    /// <param name="selector">Which hosts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<DeployReport> DeployAsync(string selector = "*", CancellationToken cancellationToken = default)
    {
        await using var services = Operator();
        return await services.GetRequiredService<IDeployer>().DeployAsync(
            new DeployRequest { Hosts = HostSelector.Parse(selector) }, cancellationToken: cancellationToken);
    }

    /// <summary>Lets time pass for all, and brings those up to date who waited less than others.</summary>
    public void Wait(TimeSpan time)
    {
        var until = Hosts.Select(host => host.Clock.True).Append(_clock.True).Max() + time;
        foreach (var clock in Hosts.Select(host => host.Clock).Append(_clock))
        {
            clock.Advance(until - clock.True);
        }
    }

    /// <summary>Looks at every host, its area and its row of the status.</summary>
    public async Task<IReadOnlyList<Observation>> ObserveAsync(CancellationToken cancellationToken)
    {
        await using var services = Operator();
        var rows = await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, cancellationToken);
        var seen = new List<Observation>();
        foreach (var host in Hosts)
        {
            seen.Add(await _observer.ObserveAsync(host, rows.FirstOrDefault(row => row.Host == host.Name)?.State, cancellationToken));
        }

        return seen;
    }

    public void Dispose()
    {
        _signer.Dispose();
        _directory.Dispose();
    }

    private Task BeforeCallAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        _faults.Pass($"{call.Operation} {call.Path}");
        return Task.CompletedTask;
    }

    private ServiceProvider Operator()
    {
        var services = new ServiceCollection();
        _parts?.Invoke(services);
        _ = services.AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ITransport>(_transport)
            .AddSingleton<ISystemBuilder>(_builder)
            .AddSingleton<IReleaseSigner>(_signer);
        _ = services.AddBento(options =>
        {
            options.Directory = Directory.CreateDirectory(_directory["fleet"]).FullName;
            options.Fleet = Name;
        });
        return services.BuildServiceProvider();
    }
}
