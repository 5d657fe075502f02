using System.Globalization;
using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Testing.Fleet;

/// <summary>
/// A publisher and its hosts in one process, over a server in memory, on the public API alone: real releases, real signatures, real agents
/// with real files, and no Nix, no network and no waiting. An embedder tests own parts with it: <c>parts</c> registers them
/// in the place of those that it has.
/// </summary>
/// <remarks>Not thread-safe: one test drives it, one call at a time. Each operation is a new process; what the last one kept is on
/// disk.</remarks>
public sealed class ScriptedFleet : IDisposable
{
    internal const string Name = "scripted";

    /// <summary>Later than any file of this machine, so that no tree looks as if it were being written.</summary>
    private static readonly DateTimeOffset Start = new(2070, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = CreateDirectory();
    private readonly Dictionary<HostName, List<byte[]>> _releases = [];
    private readonly FleetSigner _signer = new();
    private readonly FaultPoint _faults = new();
    private readonly HostClock _clock = new(Start);
    private readonly Action<IServiceCollection>? _parts;
    private readonly ScriptedBuilder _builder;
    private readonly InMemoryTransport _transport;
    private int _versions;

    /// <param name="hosts">How many hosts: h1, h2, and so on.</param>
    /// <param name="parts">Registers parts of the publisher in the place of those that the fleet has; once for each process.</param>
    /// <param name="trusted">The key that the hosts trust; null for that of the signer which the fleet has unless it gets another.</param>
    public ScriptedFleet(int hosts = 2, Action<IServiceCollection>? parts = null, SshPublicKey? trusted = null)
    {
        _parts = parts;
        var store = Directory.CreateDirectory(In("store")).FullName;
        _builder = new ScriptedBuilder(store, isOnHost: false, _faults);
        _transport = new InMemoryTransport { Server = new InMemoryServer { Clock = _clock }, BeforeCall = BeforeCallAsync };
        Hosts = [.. Enumerable.Range(1, hosts).Select(n => new ScriptedHost(
            HostName.Parse($"h{n}"),
            Directory.CreateDirectory(In($"machines/h{n}")).FullName,
            store,
            _transport.Server,
            trusted ?? _signer.Key,
            Start))];
    }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<ScriptedHost> Hosts { get; }

    /// <summary>What lies on the server.</summary>
    public InMemoryServer Server => _transport.Server;

    /// <summary>Every <c>release.json</c> that lay on the server for a host after a deploy, oldest first.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Their bytes: what a server that replays old releases could send.</returns>
    public IReadOnlyList<byte[]> Releases(ScriptedHost host) => [.. _releases.GetValueOrDefault(host.Name, [])];

    /// <summary>Makes the services of the publisher: <see cref="IDeployer"/>, <see cref="IFleetStatus"/> and all others of Bento.</summary>
    /// <returns>The services, as a process that was just started has them; dispose them.</returns>
    public ServiceProvider CreateOperator()
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ITransport>(_transport)
            .AddSingleton<ISystemBuilder>(_builder)
            .AddSingleton<IReleaseSigner>(_signer);
        _parts?.Invoke(services);
        _ = services.AddBento(options =>
        {
            options.Directory = Directory.CreateDirectory(In("fleet")).FullName;
            options.Fleet = Name;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>Changes the configuration of a host and deploys it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="kind">The kind of the new version; one of <see cref="ScriptedBuilder"/>, or any other word for one that works.</param>
    /// <param name="killedAt">Before which effect, counted from 1, the publisher is killed; 0 for none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of it; null when the publisher was killed.</returns>
    public async Task<DeployReport?> PublishAsync(
        ScriptedHost host, string kind = "plain", int killedAt = 0, CancellationToken cancellationToken = default)
    {
        Change(host, kind);
        return await DeployAsync(host, killedAt, cancellationToken);
    }

    /// <summary>Changes a file beside the system of a host and deploys it: another release, the same system.</summary>
    public Task<DeployReport?> PublishNoteAsync(ScriptedHost host, CancellationToken cancellationToken = default)
    {
        WriteFile(host, "README.md", $"{NextVersion()}\n");
        return DeployAsync(host, killedAt: 0, cancellationToken);
    }

    /// <summary>Publishes what a host had before its current release once more.</summary>
    public async Task<DeployReport> RollBackAsync(ScriptedHost host, CancellationToken cancellationToken = default)
    {
        await using var services = CreateOperator();
        return await services.GetRequiredService<IDeployer>().RollBackAsync(
            new RollBackRequest { Hosts = HostSelector.Parse($"{host.Name}") }, cancellationToken: cancellationToken);
    }

    /// <summary>Changes the configuration of a host, and publishes nothing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="kind">The kind of the new version, as in <see cref="PublishAsync"/>.</param>
    public void Change(ScriptedHost host, string kind = "plain") =>
        WriteFile(host, "flake.nix", $"{host.Name} {NextVersion()} {kind}\n");

    /// <summary>Uses a part of the publisher, in a process of its own.</summary>
    /// <typeparam name="TPart">The part.</typeparam>
    /// <typeparam name="TResult">What it gives.</typeparam>
    /// <param name="action">What is done with it.</param>
    /// <param name="killedAt">Before which effect, counted from 1, the process is killed; 0 for none.</param>
    /// <returns>What it gives; the default when it was killed.</returns>
    /// <remarks>What plays Nix is behind a guard: killed there, it is a host that fails.</remarks>
    public async Task<TResult?> UseAsync<TPart, TResult>(Func<TPart, Task<TResult>> action, int killedAt = 0)
        where TPart : notnull
    {
        ArgumentNullException.ThrowIfNull(action);
        _faults.Arm(killedAt);
        try
        {
            await using var services = CreateOperator();
            return await action(services.GetRequiredService<TPart>());
        }
        catch (PowerCutException)
        {
            return default;
        }
        finally
        {
            IsKilled = killedAt > 0 && _faults.Count >= killedAt;
            _faults.Arm(0);
            Remember();
        }
    }

    /// <summary>Whether the last process of <see cref="UseAsync"/> met the effect at which it was to be killed.</summary>
    public bool IsKilled { get; private set; }

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
            Remember();
        }
    }

    /// <summary>Deploys what there is: finishes what a killed publisher left.</summary>
    /// <param name="selector">Which hosts.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<DeployReport> DeployAsync(string selector = "*", CancellationToken cancellationToken = default)
    {
        await using var services = CreateOperator();
        var report = await services.GetRequiredService<IDeployer>().DeployAsync(
            new DeployRequest { Hosts = HostSelector.Parse(selector) }, cancellationToken: cancellationToken);
        Remember();
        return report;
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

    /// <summary>Reads what the status says of every host now.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A row for each host, in order.</returns>
    public async Task<IReadOnlyList<HostStatus>> ReadStatusAsync(CancellationToken cancellationToken = default)
    {
        await using var services = CreateOperator();
        return await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _signer.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>One in memory where the machine has such a place: what is synced to disk thousands of times there costs nothing.</summary>
    private static string CreateDirectory() => Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/bento-fleet-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("bento-fleet-").FullName;

    private string In(string relative) => Path.Join(_directory, relative);

    /// <summary>
    /// Another number of another length each time: in the time of the fleet no file is young, so that one of the same length that is
    /// written before the clock of the file system moves on would be taken for unchanged.
    /// </summary>
    private string NextVersion() => (++_versions).ToString(CultureInfo.InvariantCulture).PadLeft(1 + (_versions % 5), '0');

    private void WriteFile(ScriptedHost host, string name, string text)
    {
        var directory = Directory.CreateDirectory(In($"fleet/hosts/{host.Name}")).FullName;
        File.WriteAllText(Path.Join(directory, name), text);
    }

    private void Remember()
    {
        foreach (var host in Hosts.Select(host => host.Name))
        {
            var releases = _releases.TryGetValue(host, out var known) ? known : _releases[host] = [];
            if (Server.Get(host, "release.json") is { } current && !(releases is [.., var last] && last.AsSpan().SequenceEqual(current)))
            {
                releases.Add(current);
            }
        }
    }

    private Task BeforeCallAsync(InMemoryCall call, CancellationToken cancellationToken)
    {
        _faults.Pass($"{call.Operation} {call.Path}");
        return Task.CompletedTask;
    }
}
