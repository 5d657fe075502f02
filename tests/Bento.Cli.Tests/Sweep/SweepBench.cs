using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Fleet;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Tests.Sweep;

/// <summary>Hosts on a real Nix behind a real sshd: the publisher in this process, each agent a process that can be killed.</summary>
internal sealed class SweepBench : IAsyncDisposable
{
    private readonly PrivateNixStore _nix = new();
    private readonly string _fleet;
    private readonly string _key;

    private SweepBench(SshdServer server)
    {
        Server = server;
        _fleet = _nix.CreateDirectory("fleet");
        _key = Path.Join(_nix.CreateDirectory("keys"), "signing-key");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", "sweep", "-f", _key);
        var trusted = File.ReadAllText(_key + ".pub").Trim();
        Machines = [.. server.Hosts.Select(host => new SweepMachine(server, host, _nix.CreateDirectory($"machine-{host}"), trusted))];
    }

    public SshdServer Server { get; }

    public IReadOnlyList<SweepMachine> Machines { get; }

    /// <summary>The first host, which most tests have alone.</summary>
    public SweepMachine Machine => Machines[0];

    public HostName Host => Machine.Host;

    public string AgentFile => Machine.AgentFile;

    /// <summary>With one thread for all the work of a program, the n-th call of a thread is the n-th of the program.</summary>
    public static IReadOnlyDictionary<string, string?> OneThread { get; } =
        new Dictionary<string, string?> { ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1", ["DOTNET_PROCESSOR_COUNT"] = "1" };

    public IReadOnlyDictionary<string, string?> Environment => EnvironmentOf(Machine);

    public static async Task<SweepBench> StartAsync(int hosts = 1)
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        return new SweepBench(await SshdServer.StartAsync(hosts));
    }

    public IReadOnlyDictionary<string, string?> EnvironmentOf(SweepMachine machine) =>
        new Dictionary<string, string?>(_nix.Environment) { [TestSystem.RunVariable] = machine.Run };

    public string Scratch(string name) => Machine.Scratch(name);

    public Task<CliProcess> AgentAsync(params string[] strace) => strace.Length == 0
        ? CliProcess.RunAsync(Environment, "agent", "once", "--config", AgentFile)
        : CliProcess.RunAsync(
            "strace",
            [.. strace, CliProcess.Program, "agent", "once", "--config", AgentFile],
            new Dictionary<string, string?>(OneThread.Concat(Environment)));

    /// <summary>Publishes a version that only the hosts build.</summary>
    public Task PublishAsync(string version) =>
        PublishAsync(Machines.ToDictionary(machine => machine.Host, _ => new TestSystem { Version = version }));

    /// <summary>Publishes systems that only the hosts build.</summary>
    public async Task PublishAsync(IReadOnlyDictionary<HostName, TestSystem> systems)
    {
        _ = systems.Aggregate(new TestFlake(), (flake, host) => flake.With($"{host.Key}", host.Value))
            .WriteTo(Path.Join(_fleet, "hosts", "lab"));
        await File.WriteAllTextAsync(
            Path.Join(_fleet, "hosts", "lab", "NOLOCALBUILD"), string.Empty, TestContext.Current.CancellationToken);
        await using var services = Operator();
        var report = await services.GetRequiredService<IDeployer>()
            .DeployAsync(new DeployRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSuccess, string.Join(' ', report.Hosts.Select(host => $"{host.Failure}")));
        foreach (var machine in Machines)
        {
            _ = machine.Published();
        }
    }

    public IDisposable FillLogs() => Machine.FillLogs();

    public void MoveBackInTime() => Machine.MoveBackInTime();

    /// <summary>Looks at the first host.</summary>
    public async Task<Observation> ObserveAsync() => (await ObserveAllAsync())[0];

    /// <summary>Looks at the disk of every host, at its area, and at its row of the status.</summary>
    public async Task<IReadOnlyList<Observation>> ObserveAllAsync()
    {
        await using var services = Operator();
        var rows = await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(Machines.Select(machine => machine.Host).Order(), rows.Select(row => row.Host).Order());
        var seen = new List<Observation>();
        foreach (var machine in Machines)
        {
            seen.Add(await machine.ObserveAsync(rows.Single(row => row.Host == machine.Host).State));
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _nix.Dispose();
    }

    private ServiceProvider Operator()
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = _fleet)
            .UseLocalDirectory(options => (options.Directory, options.Ownership) = (Server.AreasDirectory, AreaOwnership.SystemUsers))
            .ConfigureSigning(options => options.KeyFiles.Add(_key))
            .ConfigureNix(options =>
            {
                foreach (var (name, value) in _nix.Environment)
                {
                    options.Environment[name] = value;
                }
            });
        return services.BuildServiceProvider();
    }
}
