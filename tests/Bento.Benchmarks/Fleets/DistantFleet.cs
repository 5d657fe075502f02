using System.Text.Json.Nodes;
using Bento.Benchmarks.Processes;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;

namespace Bento.Benchmarks.Fleets;

/// <summary>
/// A fleet of one host beside a real sshd: the publisher writes the area as its owner or over SFTP, and the host is on the other side of
/// a link.
/// </summary>
internal sealed class DistantFleet : IAsyncDisposable
{
    private readonly PrivateNixStore _nix = new();
    private readonly SshdServer _server;
    private readonly SlowLink _link;

    private DistantFleet(SshdServer server, TimeSpan roundTrip, bool publishesOverLink)
    {
        _server = server;
        _link = new SlowLink(server.Port, roundTrip);
        Host = server.Hosts[0].ToString();
        Directory = _nix.CreateDirectory("fleet");
        Machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        Flake = Path.Join(Directory, "hosts", "lab");
        Environment = new Dictionary<string, string?>(_nix.Environment)
        {
            ["BENTO_DIR"] = Directory,
            [TestSystem.RunVariable] = Path.Join(Machine, "run"),
        };
        Process = new MeasuredProcess(Environment, Machine);
        Write("1");
        File.WriteAllText(Path.Join(Directory, "bento.json"), Operator(publishesOverLink).ToJsonString());
        WriteAgent("agent.json", "state", _link.Port);
        WriteAgent("near.json", "state", server.Port);
    }

    public string Host { get; }

    public string Directory { get; }

    public string Machine { get; }

    public string Flake { get; }

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public MeasuredProcess Process { get; }

    /// <summary>How often the link was crossed so far, there and back.</summary>
    public int RoundTrips => _link.RoundTrips;

    public static async Task<DistantFleet> StartAsync(TimeSpan roundTrip, bool publishesOverLink = false) =>
        new(await SshdServer.StartAsync(hostCount: 1), roundTrip, publishesOverLink);

    /// <summary>Writes the flake with another version of the system.</summary>
    public void Write(string version)
    {
        _ = new TestFlake().With(Host, new TestSystem { Version = version }).WriteTo(Flake);
        File.WriteAllText(Path.Join(Flake, "NOLOCALBUILD"), string.Empty);
    }

    /// <summary>Writes small files into the tree of the host, sixty directories of them.</summary>
    public static void WriteFiles(string directory, int count, string text)
    {
        for (var number = 0; number < count; number++)
        {
            var parent = System.IO.Directory.CreateDirectory(Path.Join(directory, "files", $"{number % 60}")).FullName;
            File.WriteAllText(Path.Join(parent, $"{number}"), $"{text} {number}\n");
        }
    }

    /// <summary>Makes a directory of the area that only sftp looks at.</summary>
    public string CreateInArea(string name) =>
        System.IO.Directory.CreateDirectory(Path.Join(_server.AreasDirectory, Host, "logs", name)).FullName;

    public Task<Timing> DeployAsync() => Process.RunAsync(BentoProgram.FullPath, "deploy");

    /// <summary>One run of the agent, over the link.</summary>
    public Task<Timing> PollAsync() => PollAsync("agent.json");

    /// <summary>One run of the agent, without the link.</summary>
    public Task<Timing> PollNearAsync() => PollAsync("near.json");

    /// <summary>One login by OpenSSH's sftp with a script, over the link.</summary>
    public Task<Timing> SftpAsync(string script) => SftpAsync(script, SftpArguments(_link.Port, _server.KeyFileOf(_server.Hosts[0]), Host));

    /// <summary>One login by OpenSSH's sftp with a script, without the link.</summary>
    public Task<Timing> SftpNearAsync(string script) => SftpAsync(script, SftpArguments());

    /// <summary>One login of the publisher by OpenSSH's sftp with a script, over the link.</summary>
    public Task<Timing> SftpAsPublisherAsync(string script) =>
        SftpAsync(script, SftpArguments(_link.Port, _server.KeyFileOf(), _server.UserName));

    /// <summary>Writes an agent.json of the same host with a state of its own.</summary>
    public string WriteAgent(string name, string state, int? port = null)
    {
        var path = Path.Join(Machine, name);
        File.WriteAllText(
            path,
            new JsonObject
            {
                ["host"] = Host,
                ["pollSeconds"] = 1,
                ["server"] = Login(Host, port ?? _server.Port, _server.KeyFileOf(_server.Hosts[0])),
                ["trust"] = new JsonObject { ["allowUnsigned"] = true },
                ["stateDirectory"] = state,
                ["systemProfile"] = "profiles/system",
                ["currentSystem"] = "run/current-system",
                ["bootedSystem"] = "run/booted-system",
                ["useSystemd"] = false,
            }.ToJsonString());
        return path;
    }

    /// <summary>How OpenSSH's sftp logs in as the host, without the link; it reads its script.</summary>
    public IReadOnlyList<string> SftpArguments() => SftpArguments(_server.Port, _server.KeyFileOf(_server.Hosts[0]), Host);

    public async ValueTask DisposeAsync()
    {
        _link.Dispose();
        await _server.DisposeAsync();
        _nix.Dispose();
    }

    private Task<Timing> PollAsync(string configuration) =>
        Process.RunAsync(BentoProgram.FullPath, "agent", "once", "--config", Path.Join(Machine, configuration));

    private Task<Timing> SftpAsync(string script, IReadOnlyList<string> arguments) => Process.RunAsync(script, "sftp", arguments);

    private IReadOnlyList<string> SftpArguments(int port, string key, string user)
    {
        var known = Path.Join(Machine, "known_hosts");
        File.WriteAllText(known, $"[{SshdServer.Address}]:{port} {_server.HostKey}\n");
        return
        [
            "-q", "-b", "-", "-P", $"{port}", "-i", key, "-o", $"UserKnownHostsFile={known}", "-o", "IdentitiesOnly=yes", "-F", "none",
            $"{user}@{SshdServer.Address}",
        ];
    }

    private JsonObject Operator(bool publishesOverLink)
    {
        if (!publishesOverLink)
        {
            return new JsonObject
            {
                ["areas"] = new JsonObject { ["directory"] = _server.AreasDirectory, ["ownership"] = "system-users" },
            };
        }

        var login = Login(_server.UserName, _link.Port, _server.KeyFileOf());
        login["directory"] = _server.AreasDirectory;
        return new JsonObject { ["server"] = login };
    }

    private JsonObject Login(string user, int port, string key) => new()
    {
        ["host"] = SshdServer.Address,
        ["port"] = port,
        ["user"] = user,
        ["privateKeyFile"] = key,
        ["hostKeys"] = new JsonArray(_server.HostKey),
    };
}
