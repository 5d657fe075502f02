using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Agent;

/// <summary>
/// A fleet and its one host, which gets its system whole, as processes on a real Nix. Both have one store: it forgets what was
/// published.
/// </summary>
internal sealed class SmallHostProcesses : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _machine;

    public SmallHostProcesses()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        Fleet = _nix.CreateDirectory("fleet");
        _machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        File.WriteAllText(Path.Join(Fleet, "bento.json"), """{ "systemDelivery": "*" }""");
        File.WriteAllText(Configuration, $$"""
            {
              "host": "web",
              "areas": { "directory": "{{Fleet}}/.bento/areas" },
              "trust": { "allowUnsigned": true },
              "stateDirectory": "state",
              "systemProfile": "profiles/system",
              "currentSystem": "run/current-system",
              "bootedSystem": "run/booted-system",
              "useSystemd": false
            }
            """);
    }

    public string Fleet { get; }

    /// <summary>The file of the agent.</summary>
    public string Configuration => Path.Join(_machine, "agent.json");

    public string? Running => new FileInfo(Path.Join(_machine, "run", "current-system")).LinkTarget;

    public Dictionary<string, string?> Environment =>
        new(_nix.Environment) { ["BENTO_DIR"] = Fleet, [TestSystem.RunVariable] = Path.Join(_machine, "run") };

    /// <summary>What lies there of a closure that was begun.</summary>
    public long FetchedBytes() => new DirectoryInfo(Path.Join(_machine, "state", "closure")) is { Exists: true } directory
        ? directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    /// <summary>Publishes a system of which nothing is in the store any more, and which no compression makes small.</summary>
    public async Task PublishAsync(string version, int megabytes)
    {
        var script = $"mkdir -p $out; head -c {megabytes}000000 /dev/urandom > $out/large";
        _ = new TestFlake().With("web", new TestSystem { Version = version, BuildScript = script })
            .WriteTo(Path.Join(Fleet, "hosts", "lab"));
        var run = await CliProcess.RunAsync(Environment, "deploy", "--yes");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Directory.Delete(Path.Join(Fleet, ".bento", "roots"), recursive: true);
        Nix("--gc");
    }

    /// <summary>Everything that the store says it has is in it, as it was written.</summary>
    public void VerifyStore() => Nix("--verify", "--check-contents");

    public void Dispose() => _nix.Dispose();

    private void Nix(params string[] arguments)
    {
        var variables = _nix.Environment.Where(variable => variable.Value is not null)
            .Select(variable => $"{variable.Key}={variable.Value}");
        var (exitCode, said) = Shell.Try("env", [.. variables, "nix-store", .. arguments]);
        Assert.True(exitCode == 0, said);
    }
}
