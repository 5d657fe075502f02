using Bento.Agents;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>
/// A fleet on one machine through the public API: a Bento directory, a private Nix, and for each host what is special on NixOS in a
/// directory of its own.
/// </summary>
public sealed class TestFleet : IDisposable
{
    private readonly PrivateNixStore _nix = new();
    private readonly Action<IBentoBuilder> _publisherTransport;
    private readonly Action<IBentoBuilder, HostName> _hostTransport;

    private TestFleet(Action<IBentoBuilder> publisherTransport, Action<IBentoBuilder, HostName> hostTransport)
    {
        _publisherTransport = publisherTransport;
        _hostTransport = hostTransport;
        Directory = _nix.CreateDirectory("fleet");
        SigningKey = MakeKey("signing-key");
        TrustedKey = File.ReadAllText(SigningKey + ".pub");
    }

    /// <summary>The Bento directory.</summary>
    public string Directory { get; }

    public PrivateNixStore Nix => _nix;

    /// <summary>What signs the releases.</summary>
    public string SigningKey { get; set; }

    /// <summary>Signs too, while a key is replaced; null when there is none.</summary>
    public string? SecondSigningKey { get; set; }

    /// <summary>Changes how the hosts reach Nix; null for as the operator does.</summary>
    public Action<Bento.Building.NixOptions>? ConfigureHostNix { get; set; }

    /// <summary>What the agents trust.</summary>
    public string TrustedKey { get; set; }

    /// <summary>A fleet whose areas lie in its own Bento directory.</summary>
    public static TestFleet Local()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        TestFleet? fleet = null;
        fleet = new TestFleet(
            _ => { },
            (agent, _) => agent.UseLocalDirectory(options => options.Directory = Path.Join(fleet!.Directory, ".bento", "areas")));
        return fleet;
    }

    public static TestFleet With(Action<IBentoBuilder> publisherTransport, Action<IBentoBuilder, HostName> hostTransport)
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        return new TestFleet(publisherTransport, hostTransport);
    }

    /// <summary>Writes a flake below hosts/.</summary>
    public void WriteFlake(string directory, params (string Host, TestSystem System)[] hosts)
    {
        var flake = new TestFlake();
        foreach (var (host, system) in hosts)
        {
            _ = flake.With(host, system);
        }

        _ = flake.WriteTo(Path.Join(Directory, "hosts", directory));
    }

    /// <summary>Writes a flake below hosts/ whose systems are written in the language of Nix.</summary>
    public void WriteExpressions(string directory, params (string Host, string Expression)[] hosts)
    {
        var flake = new TestFlake();
        foreach (var (host, expression) in hosts)
        {
            _ = flake.WithExpression(host, expression);
        }

        _ = flake.WriteTo(Path.Join(Directory, "hosts", directory));
    }

    /// <summary>Writes a host without a flake.</summary>
    public void WriteChannelHost(string host, string version)
    {
        var directory = System.IO.Directory.CreateDirectory(Path.Join(Directory, "hosts", host)).FullName;
        File.WriteAllText(Path.Join(directory, "configuration.nix"), $$"""{ host = "{{host}}"; version = "{{version}}"; }""");
    }

    public async Task<DeployReport> DeployAsync(
        string selector = "*", Action<BentoOptions>? configure = null, IProgress<FleetEvent>? progress = null)
    {
        await using var services = Operator(configure);
        return await services.GetRequiredService<IDeployer>().DeployAsync(
            new DeployRequest { Hosts = HostSelector.Parse(selector) }, progress, TestContext.Current.CancellationToken);
    }

    /// <param name="host">The host.</param>
    /// <param name="later">How far the clock of the operator is ahead.</param>
    public async Task<HostStatus> StatusAsync(HostName host, TimeSpan later = default) =>
        Assert.Single(await StatusAsync(later), status => status.Host == host);

    public async Task<IReadOnlyList<HostStatus>> StatusAsync(TimeSpan later = default)
    {
        await using var services = Operator(null, later);
        return await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
    }

    /// <param name="host">The host.</param>
    /// <param name="configure">Changes the options of its agent.</param>
    /// <param name="isReachable">Asked at each connection; null for a server that can always be reached.</param>
    /// <param name="later">How far the clock of the host is ahead.</param>
    /// <param name="reboot">Plays the reboot of the host.</param>
    public async Task<AgentResult> RunAgentAsync(
        HostName host,
        Action<AgentOptions>? configure = null,
        Func<bool>? isReachable = null,
        TimeSpan later = default,
        Action? reboot = null)
    {
        await using var services = Agent(host, configure, isReachable, later, reboot ?? (() => Assert.Fail("Nobody expects a reboot.")));
        return await services.GetRequiredService<IAgent>().RunOnceAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Runs the resident agent of a host, which polls every second, until it is stopped.</summary>
    public async Task StayAsync(HostName host, CancellationToken stop)
    {
        await using var services = Agent(
            host, options => options.PollInterval = TimeSpan.FromSeconds(1), null, default, () => Assert.Fail("Nobody expects a reboot."));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.GetRequiredService<IAgent>().RunAsync(null, stop));
    }

    public ServiceProvider Operator(Action<BentoOptions>? configure, TimeSpan later = default)
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<TimeProvider>(new ShiftedClock(later));
        var bento = services.AddBento(options =>
        {
            options.Directory = Directory;
            options.Fleet = "test";
            configure?.Invoke(options);
        }).ConfigureNix(options => Apply(options.Environment)).ConfigureSigning(options =>
        {
            options.KeyFiles.Add(SigningKey);
            if (SecondSigningKey is { } second)
            {
                options.KeyFiles.Add(second);
            }
        });
        _publisherTransport(bento);
        return Strict(services);
    }

    /// <summary>What plays /run of a host: the link to its system, and what its switches did.</summary>
    public string Run(HostName host)
    {
        var run = System.IO.Directory.CreateDirectory(Path.Join(Machine(host), "run")).FullName;
        if (!File.Exists(Path.Join(run, "boot-id")))
        {
            File.WriteAllText(Path.Join(run, "boot-id"), "first boot");
        }

        return run;
    }

    /// <summary>The system that a host runs; null for none.</summary>
    public string? Running(HostName host) => new FileInfo(Path.Join(Run(host), "current-system")).LinkTarget;

    /// <summary>The profile that the next boot of a host starts.</summary>
    public string Profile(HostName host) => Path.Join(Machine(host), "profiles", "system");

    /// <summary>Plays a boot of a host: into what its profile names, or into a system that is given.</summary>
    public void Boot(HostName host, string? system = null)
    {
        if (system is null && !System.IO.Directory.Exists(Path.Join(Machine(host), "profiles")))
        {
            // Nothing was ever switched to.
            File.WriteAllText(Path.Join(Run(host), "boot-id"), $"{Guid.NewGuid()}");
            return;
        }

        var target = system
            ?? System.IO.Directory.ResolveLinkTarget(Path.Join(Machine(host), "profiles", "system"), returnFinalTarget: true)!.FullName;
        foreach (var link in new[] { "booted-system", "current-system" })
        {
            File.Delete(Path.Join(Run(host), link));
            _ = File.CreateSymbolicLink(Path.Join(Run(host), link), target);
        }

        File.WriteAllText(Path.Join(Run(host), "boot-id"), $"{Guid.NewGuid()}");
    }

    /// <summary>How often the system of a host was switched.</summary>
    public int SwitchCount(HostName host) =>
        File.Exists(Path.Join(Run(host), "switch-calls")) ? File.ReadAllLines(Path.Join(Run(host), "switch-calls")).Length : 0;

    /// <summary>
    /// Every file that the agent of a host keeps, with its content as hexadecimal digits. Its lock says who ran last, and the mark of a
    /// quiet poll only spares round trips: neither is one.
    /// </summary>
    public SortedDictionary<string, string> State(HostName host) => new(
        System.IO.Directory.EnumerateFiles(Path.Join(Machine(host), "state"), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) is not ("agent.lock" or "quiet"))
            .ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Makes another key for signing.</summary>
    /// <returns>The path of its private half.</returns>
    public string MakeKey(string name)
    {
        var path = Path.Join(_nix.CreateDirectory("keys"), name);
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", name, "-f", path);
        return path;
    }

    public void Dispose() => _nix.Dispose();

    private ServiceProvider Agent(HostName host, Action<AgentOptions>? configure, Func<bool>? isReachable, TimeSpan later, Action reboot)
    {
        var services = new ServiceCollection();
        _ = services.AddSingleton<TimeProvider>(new ShiftedClock(later));
        var bento = services.AddBentoAgent(options =>
        {
            options.Host = host.ToString();
            options.Fleet = "test";
            options.StateDirectory = Path.Join(Machine(host), "state");
            options.SystemProfile = Path.Join(Machine(host), "profiles", "system");
            options.CurrentSystem = Path.Join(Run(host), "current-system");
            options.BootedSystem = Path.Join(Run(host), "booted-system");
            options.BootIdFile = Path.Join(Run(host), "boot-id");
            options.UseSystemd = false;
        }).ConfigureNix(options =>
        {
            Apply(options.Environment);
            options.Environment[TestSystem.RunVariable] = Run(host);
            ConfigureHostNix?.Invoke(options);
        }).ConfigureTrust(options => options.TrustedKeys.Add(TrustedKey));
        _ = services.Configure(configure ?? (_ => { }));
        _hostTransport(bento, host);
        SeenActivator.PutBefore(services, reboot);
        if (isReachable is not null)
        {
            GatedTransport.PutBefore(services, isReachable);
        }

        return Strict(services);
    }

    private string Machine(HostName host) => _nix.CreateDirectory($"machines/{host}");

    private void Apply(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in _nix.Environment)
        {
            environment[name] = value;
        }
    }

    private static ServiceProvider Strict(ServiceCollection services) =>
        services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
