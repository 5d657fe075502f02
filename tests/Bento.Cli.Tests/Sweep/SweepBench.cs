using System.Text.Json.Nodes;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.Testing;
using Bento.Testing.Fleet;
using Bento.Testing.Nix;
using Bento.Testing.Sshd;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Tests.Sweep;

/// <summary>One host on a real Nix behind a real sshd: the publisher in this process, the agent a process that can be killed.</summary>
internal sealed class SweepBench : IAsyncDisposable
{
    private const UnixFileMode OfOthers = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly PrivateNixStore _nix = new();
    private readonly SshdServer _server;
    private readonly string _machine;
    private readonly string _fleet;
    private readonly string _key;
    private readonly Dictionary<ReleaseId, SeenRelease> _releases = [];
    private readonly Dictionary<string, SeenReport> _reports = [];

    private SweepBench(SshdServer server)
    {
        _server = server;
        _machine = _nix.CreateDirectory("machine");
        _fleet = _nix.CreateDirectory("fleet");
        _ = _nix.CreateDirectory("machine/run");
        _key = Path.Join(_nix.CreateDirectory("keys"), "signing-key");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", "sweep", "-f", _key);
        File.WriteAllText(Path.Join(_machine, "agent.json"), new JsonObject
        {
            ["host"] = $"{Host}",
            ["fleet"] = "bento",
            ["server"] = new JsonObject
            {
                ["host"] = SshdServer.Address,
                ["port"] = server.Port,
                ["user"] = $"{Host}",
                ["privateKeyFile"] = server.KeyFileOf(Host),
                ["hostKeys"] = new JsonArray(server.HostKey),
            },
            ["trust"] = new JsonObject { ["keys"] = new JsonArray(File.ReadAllText(_key + ".pub").Trim()) },
            ["pollSeconds"] = 1,
            ["stateDirectory"] = "state",
            ["systemProfile"] = "profiles/system",
            ["currentSystem"] = "run/current-system",
            ["bootedSystem"] = "run/booted-system",
            ["useSystemd"] = false,
        }.ToJsonString());
    }

    public HostName Host => _server.Hosts[0];

    public SshdServer Server => _server;

    private string Area => Path.Join(_server.AreasDirectory, $"{Host}");

    public string AgentFile => Path.Join(_machine, "agent.json");

    /// <summary>With one thread for all the work of a program, the n-th call of a thread is the n-th of the program.</summary>
    public static IReadOnlyDictionary<string, string?> OneThread { get; } =
        new Dictionary<string, string?> { ["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = "1", ["DOTNET_PROCESSOR_COUNT"] = "1" };

    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>(_nix.Environment) { [TestSystem.RunVariable] = Path.Join(_machine, "run") };

    public static async Task<SweepBench> StartAsync()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        return new SweepBench(await SshdServer.StartAsync(hostCount: 1));
    }

    public string Scratch(string name) => Path.Join(_machine, name);

    public Task<CliProcess> AgentAsync(params string[] strace) => strace.Length == 0
        ? CliProcess.RunAsync(Environment, "agent", "once", "--config", AgentFile)
        : CliProcess.RunAsync(
            "strace",
            [.. strace, CliProcess.Program, "agent", "once", "--config", AgentFile],
            new Dictionary<string, string?>(OneThread.Concat(Environment)));

    /// <summary>Publishes a version that only the host builds.</summary>
    public async Task PublishAsync(string version)
    {
        _ = new TestFlake().With($"{Host}", new TestSystem { Version = version }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
        await File.WriteAllTextAsync(
            Path.Join(_fleet, "hosts", "lab", "NOLOCALBUILD"), string.Empty, TestContext.Current.CancellationToken);
        await using var services = Operator();
        var report = await services.GetRequiredService<IDeployer>()
            .DeployAsync(new DeployRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(report.IsSuccess, string.Join(' ', report.Hosts.Select(host => host.Failure)));
        _ = Published();
    }

    /// <summary>The host cannot write a byte to its area until this is disposed of; what it wrote before is hidden as long.</summary>
    public IDisposable FillLogs() => new FullLogs(Path.Join(Area, "logs"));

    /// <summary>
    /// As after a server whose clock was wrong: the release is newer, and its file older than all that were there before.
    /// </summary>
    public void MoveBackInTime() => File.SetLastWriteTimeUtc(Path.Join(Area, "release.json"), DateTime.UnixEpoch.AddYears(40));

    /// <summary>Looks at the disk of the host, at its area, and at its row of the status.</summary>
    public async Task<Observation> ObserveAsync()
    {
        await using var services = Operator();
        var row = Assert.Single(
            await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken));
        var published = Published();
        foreach (var path in Directory.EnumerateFiles(Path.Join(Area, "logs"), "*-*.json"))
        {
            if (SeenReport.Read(path, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)) is { } report)
            {
                _reports[path] = report;
            }
        }

        var state = Path.Join(_machine, "state");
        var calls = Path.Join(_machine, "run", "switch-calls");
        return new Observation
        {
            Host = Host,
            Published = published,
            Releases = [.. _releases.Values],
            Running = Link(Path.Join(_machine, "run", "current-system")),
            Profile = Profile(),
            Activated = File.Exists(calls) ? [.. File.ReadLines(calls).Select(line => StorePath.Parse(line.Split(' ')[1]))] : [],
            Floor = Floor(state),
            Reports = [.. _reports.Values],
            Leftovers = !Directory.Exists(state) ? [] : [.. Directory.EnumerateFileSystemEntries(state, "*", SearchOption.AllDirectories)
                .Where(path => path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(path)) == "spool"),
                ],
            Exposed = Directory.Exists(state) && (File.GetUnixFileMode(state) & OfOthers) != 0 ? [state] : [],
            State = row.State,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _nix.Dispose();
    }

    private SeenRelease? Published()
    {
        var published = SeenRelease.Read(path => File.Exists(Path.Join(Area, path)) ? File.ReadAllBytes(Path.Join(Area, path)) : null);
        if (published is not null)
        {
            _releases[published.Id] = published;
        }

        return published;
    }

    private StorePath? Profile()
    {
        var profile = Path.Join(_machine, "profiles", "system");
        return Path.Exists(profile) ? StorePath.Parse(Directory.ResolveLinkTarget(profile, returnFinalTarget: true)!.FullName) : null;
    }

    private static StorePath? Link(string path) => new FileInfo(path).LinkTarget is { } target ? StorePath.Parse(target) : null;

    /// <summary>
    /// The higher one of the two copies of the journal; null when there is none. A torn copy would be a failure of its own.
    /// </summary>
    private static ReleaseNumber? Floor(string state) => new[] { "journal.json", "journal.copy.json" }
        .Select(name => Path.Join(state, name))
        .Where(File.Exists)
        .Select(path => JsonNode.Parse(File.ReadAllBytes(path))!)
        .Select(journal => (ReleaseNumber?)new ReleaseNumber(journal["epoch"]!.GetValue<long>(), journal["sequence"]!.GetValue<long>()))
        .Max();

    private ServiceProvider Operator()
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = _fleet)
            .UseLocalDirectory(options => (options.Directory, options.Ownership) = (_server.AreasDirectory, AreaOwnership.SystemUsers))
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
