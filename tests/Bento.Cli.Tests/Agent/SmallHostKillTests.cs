using System.Globalization;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Agent;

/// <summary>The agent of a host that gets its system whole, killed as a process while it fetches, on a real Nix.</summary>
public sealed class SmallHostKillTests : IDisposable
{
    private const int Megabytes = 4;

    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly string _machine;

    public SmallHostKillTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        _machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        File.WriteAllText(Path.Join(_fleet, "bento.json"), """{ "systemDelivery": "*" }""");
        File.WriteAllText(Path.Join(_machine, "agent.json"), $$"""
            {
              "host": "web",
              "areas": { "directory": "{{_fleet}}/.bento/areas" },
              "trust": { "allowUnsigned": true },
              "stateDirectory": "state",
              "systemProfile": "profiles/system",
              "currentSystem": "run/current-system",
              "bootedSystem": "run/booted-system",
              "useSystemd": false
            }
            """);
    }

    private string? Running => new FileInfo(Path.Join(_machine, "run", "current-system")).LinkTarget;

    private Dictionary<string, string?> Environment =>
        new(_nix.Environment) { ["BENTO_DIR"] = _fleet, [TestSystem.RunVariable] = Path.Join(_machine, "run") };

    public void Dispose() => _nix.Dispose();

    [Fact(Timeout = 240_000)]
    public async Task FA1_FD1_a_fetch_that_is_killed_at_any_write_goes_on_in_the_next_run()
    {
        var (killed, kept, version) = (0, 0, 0);
        foreach (var (call, n) in new[] { ("pwrite64", 3), ("pwrite64", 20), ("pwrite64", 40), ("rename", 2), ("rename", 6) })
        {
            await PublishAsync($"{++version}");
            var old = Running;
            var run = await CliProcess.RunAsync(
                "strace", [.. Kill.At(call, n), CliProcess.Program, "agent", "once", "--config", Configuration], Environment);
            if (run.ExitCode != ExitCodes.Success)
            {
                killed++;
                kept += FetchedBytes() > 0 ? 1 : 0;
                Assert.True(Running == old || IsRunning(version), $"After a kill at {call} {n} the host runs {Running}.");
            }

            var next = await CliProcess.RunAsync(Environment, "agent", "once", "--config", Configuration);

            Assert.True(next.ExitCode == ExitCodes.Success, $"After a kill at {call} {n} the next run says: {next.Error}");
            Assert.True(IsRunning(version), $"After a kill at {call} {n} and another run the host runs {Running}.");
            Assert.Equal(0, FetchedBytes());
        }

        Assert.True(killed >= 3, $"Only {killed} of the runs were killed.");
        Assert.True(kept >= 1, "No kill left a part of the closure behind.");
        var (exitCode, said) = Shell.Try("env", [.. Variables(), "nix-store", "--verify", "--check-contents"]);
        Assert.True(exitCode == 0, said);
    }

    private string Configuration => Path.Join(_machine, "agent.json");

    // How many writes a fetch takes depends on how it is cut into pieces: a kill may come as late as after the switch.
    private bool IsRunning(int version) =>
        Running?.EndsWith(string.Create(CultureInfo.InvariantCulture, $"-web-{version}"), StringComparison.Ordinal) == true;

    private IEnumerable<string> Variables() => _nix.Environment.Where(variable => variable.Value is not null)
        .Select(variable => $"{variable.Key}={variable.Value}");

    private long FetchedBytes() => new DirectoryInfo(Path.Join(_machine, "state", "closure")) is { Exists: true } directory
        ? directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    /// <summary>Publishes a system of which nothing is in the store any more, and which no compression makes small.</summary>
    private async Task PublishAsync(string version)
    {
        var script = $"mkdir -p $out; head -c {Megabytes}000000 /dev/urandom > $out/large";
        _ = new TestFlake().With("web", new TestSystem { Version = version, BuildScript = script })
            .WriteTo(Path.Join(_fleet, "hosts", "lab"));
        var run = await CliProcess.RunAsync(Environment, "deploy", "--yes");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Directory.Delete(Path.Join(_fleet, ".bento", "roots"), recursive: true);
        var (exitCode, said) = Shell.Try("env", [.. Variables(), "nix-store", "--gc"]);
        Assert.True(exitCode == 0, said);
    }
}
