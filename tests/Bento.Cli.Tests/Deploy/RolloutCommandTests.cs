using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

/// <summary>Rollouts by the program as a process, with areas on this machine and real agents, on a real Nix.</summary>
public sealed class RolloutCommandTests : IDisposable
{
    private static readonly string[] Hosts = ["db", "mail", "web"];

    private readonly PrivateNixStore _nix;
    private readonly string _fleet;

    public RolloutCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        File.WriteAllText(Path.Join(_fleet, "bento.json"), """{ "rollout": { "waves": [{ "hosts": "web" }], "soakMinutes": 0 } }""");
        foreach (var host in Hosts)
        {
            var machine = Machine(host);
            _ = _nix.CreateDirectory($"machines/{host}/run");
            File.WriteAllText(Path.Join(machine, "agent.json"), $$"""
                {
                  "host": "{{host}}",
                  "areas": { "directory": "{{_fleet}}/.bento/areas" },
                  "trust": { "allowUnsigned": true },
                  "stateDirectory": "state", "systemProfile": "profiles/system", "useSystemd": false,
                  "currentSystem": "run/current-system", "bootedSystem": "run/booted-system"
                }
                """);
        }
    }

    public void Dispose() => _nix.Dispose();

    [Fact(Timeout = 240_000)]
    public async Task When_the_first_wave_fails_the_second_is_never_published()
    {
        await FirstAsync();
        Write(new TestSystem { Version = "2", SwitchExitCode = 1 });

        var deploy = await RunAsync("deploy");
        Assert.Equal(ExitCodes.Success, deploy.ExitCode);
        Assert.Equal("1 1 2", Numbers());
        await AgentsAsync();
        var stopped = await RunAsync("rollout", "continue");
        var again = await RunAsync("rollout", "continue", "--wait=5s");

        Assert.Equal((ExitCodes.HostFailed, ExitCodes.HostFailed), (stopped.ExitCode, again.ExitCode));
        Assert.Contains("Stopped: 1 host failed, and none may: web.", stopped.Out, StringComparison.Ordinal);
        Assert.Equal("1 1 2", Numbers());
        var refused = await RunAsync("deploy");
        Assert.Equal(ExitCodes.Rollout, refused.ExitCode);
        Assert.Contains("bento rollout abort", refused.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, (await RunAsync("rollout", "undo")).ExitCode);
        await AgentsAsync();
        Assert.Equal("1 1 3", Numbers());
        using var status = JsonDocument.Parse((await RunAsync("rollout", "status", "--json")).Out);
        Assert.Equal("undone", status.RootElement.GetProperty("rollout").GetProperty("phase").GetString());
        Assert.False(Directory.Exists(Path.Join(_fleet, ".bento", "rollout", "pinned")));
    }

    [Fact(Timeout = 240_000)]
    public async Task When_the_first_wave_goes_well_the_second_follows_as_it_was_planned()
    {
        await FirstAsync();
        Write(new TestSystem { Version = "2" });
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        Write(new TestSystem { Version = "3" });

        var early = await RunAsync("rollout", "continue");
        Assert.Contains("Wave 1 of 2 waits for web.", early.Out, StringComparison.Ordinal);
        Assert.Equal("1 1 2", Numbers());
        await AgentsAsync();
        Assert.Equal(ExitCodes.Success, (await RunAsync("rollout", "continue")).ExitCode);
        Assert.Equal("2 2 2", Numbers());
        await AgentsAsync();
        var finished = await RunAsync("rollout", "continue");

        Assert.Contains("Finished: 3 of 3 hosts confirmed.", finished.Out, StringComparison.Ordinal);
        Assert.All(Hosts, host => Assert.EndsWith("-2", Running(host), StringComparison.Ordinal));
    }

    [Fact(Timeout = 300_000)]
    public async Task Killed_at_any_rename_a_rollout_goes_on_and_publishes_each_host_once()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        await FirstAsync();
        var (killed, number) = (0, 1);
        for (var call = 1; call <= 12; call += 2)
        {
            Write(new TestSystem { Version = $"{call}-kill" });
            var run = await CliProcess.RunAsync(
                "strace", [.. Kill.AtRename(call), CliProcess.Program, "deploy", "--waves=2"], Environment);
            killed += run.ExitCode == ExitCodes.Success ? 0 : 1;
            if (!(await RunAsync("rollout", "status")).Out.Contains("waits for", StringComparison.Ordinal))
            {
                _ = await RunAsync("rollout", "continue");
            }

            if (Numbers() == $"{number} {number} {number}")
            {
                // It had not begun: nobody got anything, and nothing is in the way of the next one.
                Assert.Equal(ExitCodes.Success, (await RunAsync("deploy", "--waves=2")).ExitCode);
            }

            await AgentsAsync();
            _ = await RunAsync("rollout", "continue");
            await AgentsAsync();
            var finished = await RunAsync("rollout", "continue");

            number++;
            Assert.Equal((call, $"{number} {number} {number}"), (call, Numbers()));
            Assert.Contains("Finished: 3 of 3 hosts confirmed.", finished.Out, StringComparison.Ordinal);
        }

        Assert.True(killed >= 3, $"Only {killed} kills.");
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_waits_is_told_for_whom_and_need_not_wait_for_who_is_away()
    {
        Write(new TestSystem());

        var waited = await RunAsync("deploy", "--at-once", "--wait=1s");
        var skipped = await RunAsync("deploy", "--at-once", "--wait=5m", "--skip-absent");

        Assert.Equal((ExitCodes.StillWaiting, ExitCodes.Success), (waited.ExitCode, skipped.ExitCode));
        Assert.Contains(
            "stopped waiting after 1 s for db (never seen), mail (never seen), web (never seen).", waited.Error, StringComparison.Ordinal);
        Assert.Contains("did not wait for db (never seen), mail (never seen), web (never seen).", skipped.Error, StringComparison.Ordinal);
    }

    private async Task FirstAsync()
    {
        Write(new TestSystem { Version = "1" });
        var run = await RunAsync("deploy", "--at-once");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        await AgentsAsync();
    }

    /// <summary>Describes all hosts anew: one of them as it is said, the others without its faults.</summary>
    private void Write(TestSystem web)
    {
        var flake = new TestFlake();
        foreach (var host in Hosts)
        {
            _ = flake.With(host, host == "web" ? web : new TestSystem { Version = web.Version });
        }

        _ = flake.WriteTo(Path.Join(_fleet, "hosts", "lab"));
    }

    private string Numbers() => string.Join(' ', Hosts.Select(host =>
    {
        using var envelope = JsonDocument.Parse(File.ReadAllBytes(Path.Join(_fleet, ".bento", "areas", host, "release.json")));
        using var payload = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        return payload.RootElement.GetProperty("sequence").GetInt64();
    }));

    private string Running(string host) =>
        new DirectoryInfo(Path.Join(Machine(host), "run", "current-system")).ResolveLinkTarget(true)!.Name;

    private async Task AgentsAsync()
    {
        foreach (var host in Hosts)
        {
            var machine = Machine(host);
            _ = await CliProcess.RunAsync(
                new Dictionary<string, string?>(Environment) { [TestSystem.RunVariable] = Path.Join(machine, "run") },
                "agent",
                "once",
                "--config",
                Path.Join(machine, "agent.json"));
        }
    }

    private string Machine(string host) => _nix.CreateDirectory($"machines/{host}");

    private Dictionary<string, string?> Environment => new(_nix.Environment) { ["BENTO_DIR"] = _fleet };

    private Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(Environment, arguments);
}
