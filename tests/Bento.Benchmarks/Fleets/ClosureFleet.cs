using System.Text.Json.Nodes;
using Bento.Benchmarks.Processes;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.TestBench.Sshd;

namespace Bento.Benchmarks.Fleets;

/// <summary>
/// A host that gets its system whole, from a real sshd near by and over a link; and the same closure where <c>nix copy</c> finds it, behind
/// the same sshd. Server and host have one store: it forgets the closure between two fetches.
/// </summary>
internal sealed class ClosureFleet : IAsyncDisposable
{
    private const int SmallPaths = 300;
    private const int LargePaths = 6;

    private readonly PrivateNixStore _nix = new();
    private readonly SshdServer _server;
    private readonly SlowLink _link;
    private readonly MeasuredProcess _process;

    private ClosureFleet(SshdServer server, TimeSpan roundTrip, int megabytes)
    {
        (_server, Megabytes) = (server, megabytes);
        _link = new SlowLink(server.Port, roundTrip);
        Machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        Directory = _nix.CreateDirectory("fleet");
        _process = new MeasuredProcess(
            new Dictionary<string, string?>(_nix.Environment)
            {
                ["BENTO_DIR"] = Directory,
                [TestSystem.RunVariable] = Path.Join(Machine, "run"),
            },
            Machine);
        File.WriteAllText(
            Path.Join(Directory, "bento.json"),
            new JsonObject
            {
                ["areas"] = new JsonObject { ["directory"] = server.AreasDirectory, ["ownership"] = "system-users" },
                ["systemDelivery"] = "*",
            }.ToJsonString());
        WriteAgent("near.json", server.Port);
        WriteAgent("far.json", _link.Port);
    }

    public int Megabytes { get; }

    public string System { get; private set; } = string.Empty;

    /// <summary>What the server has said over the link.</summary>
    public long BytesOverLink => _link.BytesFromServer;

    private string Host => _server.Hosts[0].ToString();

    private string Directory { get; }

    private string Machine { get; }

    private string Copy => Path.Join(Machine, "copy");

    public static async Task<ClosureFleet> StartAsync(TimeSpan roundTrip, int megabytes) =>
        new(await SshdServer.StartAsync(hostCount: 1), roundTrip, megabytes);

    /// <summary>Publishes a system of which a small file is another than before, and lets the store forget what the host has not.</summary>
    public async Task DeployAsync(string version)
    {
        _ = new TestFlake().WithExpression(Host, Expression(version)).WriteTo(Path.Join(Directory, "hosts", "lab"));
        _ = await _process.RunAsync(BentoProgram.FullPath, "deploy", "--yes");
        System = (await NixAsync("path-info", $"path:{Path.Join(Directory, "hosts", "lab")}#nixosConfigurations.\"{Host}\".config.system"
            + ".build.toplevel")).Trim();
        _ = await NixAsync("copy", "--no-check-sigs", "--to", $"local?root={Copy}", System);
        await ForgetAsync();
    }

    /// <summary>The agent takes the release, and switches to it.</summary>
    /// <param name="isFar">Whether over the link.</param>
    public Task<Timing> UpdateAsync(bool isFar) => _process.RunAsync(
        BentoProgram.FullPath, "agent", "once", "--config", Path.Join(Machine, isFar ? "far.json" : "near.json"));

    /// <summary>Nix copies the closure over ssh.</summary>
    /// <param name="isFar">Whether over the link.</param>
    public async Task<Timing> CopyAsync(bool isFar)
    {
        var port = isFar ? _link.Port : _server.Port;
        var known = Path.Join(Machine, "known_hosts");
        await File.WriteAllTextAsync(known, $"[{SshdServer.Address}]:{port} {_server.HostKey}\n");
        var program = Path.Join(Machine, "nix-store-of-server");
        var settings = string.Join(
            ' ', _nix.Environment.Where(variable => variable.Value is not null).Select(variable => $"{variable.Key}='{variable.Value}'"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec env {settings} nix-store --store 'local?root={Copy}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new Dictionary<string, string?>(_nix.Environment)
        {
            ["NIX_SSHOPTS"] = $"-p {port} -o UserKnownHostsFile={known} -o IdentitiesOnly=yes -F none",
        };
        var store = $"ssh://{_server.UserName}@{SshdServer.Address}?remote-program={program}&ssh-key={_server.KeyFileOf()}&compress=false";
        return await new MeasuredProcess(options, Machine).RunAsync(
            "nix", "--extra-experimental-features", "nix-command", "copy", "--no-check-sigs", "--from", store, System);
    }

    /// <summary>Takes from the store all that the host does not run, and with it what the host runs when it shall begin anew.</summary>
    public async Task ForgetAsync(bool all = false)
    {
        var roots = Path.Join(Directory, ".bento", "roots");
        if (global::System.IO.Directory.Exists(roots))
        {
            global::System.IO.Directory.Delete(roots, recursive: true);
        }

        if (all)
        {
            foreach (var directory in new[] { "state", "profiles", "run" }.Select(name => Path.Join(Machine, name)).Where(Path.Exists))
            {
                global::System.IO.Directory.Delete(directory, recursive: true);
            }

            _ = global::System.IO.Directory.CreateDirectory(Path.Join(Machine, "run"));
        }

        _ = await _process.RunAsync("nix-store", "--gc");

        // ext4 searches for inodes that were not deleted in the last five seconds: hundreds that were slow down whoever makes files next,
        // here and on no host.
        await Task.Delay(TimeSpan.FromSeconds(6));
    }

    /// <summary>The bytes of the closure, unpacked.</summary>
    public async Task<long> ClosureBytesAsync()
    {
        _ = await _process.RunAsync("nix", "--extra-experimental-features", "nix-command", "path-info", "--closure-size", System);
        return long.Parse(_process.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        _link.Dispose();
        await _server.DisposeAsync();
        Shell.Run("chmod", "-R", "u+w", Copy);
        _nix.Dispose();
    }

    private async Task<string> NixAsync(params string[] arguments)
    {
        _ = await _process.RunAsync("nix", ["--extra-experimental-features", "nix-command flakes", .. arguments]);
        return _process.Output;
    }

    /// <summary>Many small paths, some large ones that hardly compress, and one file that is another in each version.</summary>
    private string Expression(string version) =>
        $$"""
        let
          make = name: script: derivation {
            inherit name;
            system = "{{TestSystem.Platform}}";
            builder = "/bin/sh";
            args = [ "-e" "-c" "PATH=/usr/bin:/bin; ${script}" ];
          };
          small = n: make "small-${toString n}" "head -c 20000 /dev/urandom | base64 > $out";
          large = n: make "large-${toString n}" "head -c {{Megabytes / LargePaths * 3 / 4}}000000 /dev/urandom | base64 > $out";
          own = make "own" "echo {{version}} > $out";
          all = [ own ] ++ builtins.genList small {{SmallPaths}} ++ builtins.genList large {{LargePaths}};
        in mkSystem {
          host = "{{Host}}";
          version = "{{version}}";
          buildScript = "mkdir -p $out; echo ${toString all} > $out/needs";
        }
        """;

    private void WriteAgent(string name, int port) => File.WriteAllText(
        Path.Join(Machine, name),
        new JsonObject
        {
            ["host"] = Host,
            ["pollSeconds"] = 1,
            ["server"] = new JsonObject
            {
                ["host"] = SshdServer.Address,
                ["port"] = port,
                ["user"] = Host,
                ["privateKeyFile"] = _server.KeyFileOf(_server.Hosts[0]),
                ["hostKeys"] = new JsonArray(_server.HostKey),
            },
            ["trust"] = new JsonObject { ["allowUnsigned"] = true },
            ["stateDirectory"] = "state",
            ["systemProfile"] = "profiles/system",
            ["currentSystem"] = "run/current-system",
            ["bootedSystem"] = "run/booted-system",
            ["useSystemd"] = false,
        }.ToJsonString());
}
