using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bento.TestBench;
using Bento.TestBench.Sshd;

namespace Bento.Machine.Tests;

/// <summary>A machine with an agent, a publisher on this machine with a store of its own, and a real sshd between them.</summary>
internal sealed class MachineFleet : IAsyncDisposable
{
    /// <summary>What a machine that was just set up knows of its server; from the first release on it is the module's file.</summary>
    public const string FirstAgentFile = "/var/lib/first/agent.json";

    private readonly TempDirectory _directory = new();
    private readonly SshdServer _server;

    private readonly bool _reboots;

    private MachineFleet(SshdServer server, Machine machine, bool reboots)
    {
        _server = server;
        _reboots = reboots;
        Machine = machine;
    }

    public Machine Machine { get; }

    public string Host => $"{_server.Hosts[0]}";

    public SshdServer Server => _server;

    /// <summary>A fleet of a container.</summary>
    public static async Task<MachineFleet> StartAsync() => await StartAsync(await ContainerMachine.BootAsync());

    /// <param name="machine">Is disposed with the fleet.</param>
    /// <param name="reboots">Whether the machine may reboot for its release.</param>
    public static async Task<MachineFleet> StartAsync(Machine machine, bool reboots = false)
    {
        MachineFleet fleet;
        try
        {
            fleet = new MachineFleet(await SshdServer.StartAsync(hostCount: 1), machine, reboots);
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }

        try
        {
            await fleet.InitialiseAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes a system that only the machine builds.</summary>
    public async Task PublishAsync(MachineSystem system)
    {
        await File.WriteAllTextAsync(
            _directory["fleet/hosts/lab/system.json"], system.ToJson(Host, Bento()).ToJsonString(), TestContext.Current.CancellationToken);
        _ = await OperatorAsync("deploy");
        Progress.Say($"{Host}: version {system.Version} is published");
    }

    /// <summary>Runs a command of the operator.</summary>
    public async Task<string> OperatorAsync(params string[] arguments)
    {
        var (exitCode, output) = await TryOperatorAsync(arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"bento {string.Join(' ', arguments)}: {exitCode}: {output}");
    }

    /// <summary>The row of the machine as the status tells it.</summary>
    public async Task<JsonElement> StatusAsync()
    {
        var (_, output) = await TryOperatorAsync("status", "--json");
        using var status = JsonDocument.Parse(output);
        return status.RootElement.GetProperty("hosts")[0].Clone();
    }

    /// <summary>What the last attempt logged, as the operator reads it.</summary>
    public async Task<string> LogAsync() => (await TryOperatorAsync("logs", Host)).Output;

    /// <summary>Runs one poll in its unit, as the timer does.</summary>
    public void Poll() => Machine.Run("systemctl", "start", "bento.service");

    /// <summary>The same, where the machine may be gone before it says how that ended.</summary>
    public void TryPoll() => Machine.Try("systemctl", "start", "bento.service");

    /// <summary>Takes the first release, as a machine does that was just set up.</summary>
    public void PollFirst() => Machine.Run(Machine.Program, "agent", "once", "--config", FirstAgentFile);

    /// <summary>What the machine runs.</summary>
    public string Running => Machine.Run("readlink", "-f", "/run/current-system");

    /// <summary>What its next boot starts.</summary>
    public string Profile => Machine.Run("readlink", "-f", "/nix/var/nix/profiles/system");

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    private async Task InitialiseAsync()
    {
        _ = await OperatorAsync("init");
        Directory.Delete(_directory["fleet/hosts/example"], recursive: true);
        var lab = Directory.CreateDirectory(_directory["fleet/hosts/lab"]).FullName;
        foreach (var file in new[] { "flake.nix", "system.nix", "activate", "switch-to-configuration" })
        {
            File.Copy(Path.Join(AppContext.BaseDirectory, "Nixos", file), Path.Join(lab, file));
        }

        File.Copy(Path.Join(AppContext.BaseDirectory, "Nix", "nixpkgs-lib.nix"), Path.Join(lab, "nixpkgs-lib.nix"));
        _ = File.CreateSymbolicLink(Path.Join(lab, "utils"), "../../utils");
        _ = _directory.WriteFile("fleet/hosts/lab/files/readme", "A file that is copied to the store.\n");
        var settings = JsonNode.Parse(
            await File.ReadAllTextAsync(_directory["fleet/bento.json"]),
            null,
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        settings["areas"] = new JsonObject { ["directory"] = _server.AreasDirectory, ["ownership"] = "system-users" };
        settings["hosts"] = new JsonObject
        {
            [Host] = new JsonObject { ["evaluateOnly"] = true, ["confirmSeconds"] = 120, ["reboot"] = _reboots },
        };
        _ = _directory.WriteFile("fleet/bento.json", settings.ToJsonString());

        Put("/usr/local/sbin/nixos-activate", Path.Join(AppContext.BaseDirectory, "Nixos", "nixos-activate"));
        const string unit = "nixos-activate.service";
        Put($"/etc/systemd/system/{unit}", Path.Join(AppContext.BaseDirectory, "Nixos", unit));
        _ = Machine.Run("systemctl", "enable", unit);

        var first = Bento();
        _ = first.Remove("enable") && first.Remove("program");
        Put("/var/lib/first/key", _server.KeyFileOf(_server.Hosts[0]));
        Machine.Put(FirstAgentFile, Encoding.UTF8.GetBytes(first.ToJsonString()), UnixFileMode.UserRead);
    }

    private void Put(string path, string file) => Machine.Put(path, File.ReadAllBytes(file), UnixFileMode.UserRead);

    /// <summary>What <c>services.bento</c> says beside its defaults, and what agent.json says of the same.</summary>
    private JsonObject Bento() => new()
    {
        ["enable"] = true,
        ["program"] = Machine.Program,
        ["host"] = Host,
        ["fleet"] = "bento",
        ["server"] = new JsonObject
        {
            ["host"] = Machine.ServerAddress,
            ["port"] = _server.Port,
            ["user"] = Host,
            ["privateKeyFile"] = "/var/lib/first/key",
            ["hostKeys"] = new JsonArray(_server.HostKey),
        },
        ["trust"] = new JsonObject { ["keys"] = new JsonArray(File.ReadAllText(_directory["fleet/.bento/signing-key.pub"]).Trim()) },
    };

    private async Task<(int ExitCode, string Output)> TryOperatorAsync(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Path.Join(AppContext.BaseDirectory, "bento"), arguments)
        {
            WorkingDirectory = Directory.CreateDirectory(_directory["fleet"]).FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Paths are those of the machine; what lies at them is elsewhere.
        start.Environment["NIX_REMOTE"] = $"local?root={_directory["store"]}";
        start.Environment["NIX_CONFIG"] =
            "experimental-features = nix-command flakes\nsubstituters =\nsandbox = false\nbuild-users-group =\n";
        start.Environment["HOME"] = _directory["home"];
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.ExitCode == 0 || arguments.Contains("--json") ? output : output + await error);
    }
}
