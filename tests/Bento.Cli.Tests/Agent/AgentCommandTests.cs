using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Agent;

/// <summary>The agent as a process, on a real Nix.</summary>
public sealed class AgentCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly string _machine;

    public AgentCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        _machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        File.WriteAllText(Path.Join(_machine, "agent.json"), $$"""
            {
              "host": "web",
              "areas": { "directory": "{{_fleet}}/.bento/areas" },
              "trust": { "allowUnsigned": true },
              "stateDirectory": "state", "systemProfile": "profiles/system", "currentSystem": "run/current-system", "bootedSystem": "run/booted-system", "useSystemd": false
            }
            """);
    }

    [Fact(Timeout = 240_000)]
    public async Task FA1_an_agent_that_is_killed_at_any_rename_leaves_the_old_system_or_the_new_and_the_next_run_finishes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        await PublishAsync("1");
        Assert.Equal(ExitCodes.Success, (await AgentAsync()).ExitCode);
        var old = Running;
        var killed = 0;

        // strace counts the calls of each thread alone: which of them a number meets differs from run to run, that all are safe does not.
        for (var call = 1; call <= 10; call++)
        {
            await PublishAsync($"{call + 1}");
            var expected = Expected();
            var run = await CliProcess.RunAsync(
                "strace",
                [.. Kill.AtRename(call), CliProcess.Program, "agent", "once", "--config", Path.Join(_machine, "agent.json")],
                Environment);
            Assert.Contains(Running, new[] { old, expected });
            killed += run.ExitCode == ExitCodes.Success ? 0 : 1;

            var next = await AgentAsync();
            Assert.True(next.ExitCode == ExitCodes.Success, $"After a kill at rename {call} the next run says: {next.Error}");
            Assert.Equal(expected, Running);
            old = expected;
        }

        Assert.True(killed >= 4, $"Only {killed} kills: an update writes its journal before every phase, in two copies.");
        Assert.Empty(Directory.EnumerateFiles(Path.Join(_machine, "state", "spool")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_machine, "state"), ".*.tmp", SearchOption.AllDirectories));
    }

    [Fact(Timeout = 60_000)]
    public async Task FO5_a_second_agent_is_turned_away_without_a_failure()
    {
        await PublishAsync("1", "echo started; sleep 600");
        using var first = CliProcess.Start(
            CliProcess.Program, ["agent", "once", "--config", Path.Join(_machine, "agent.json")], Environment);
        while (!File.Exists(Path.Join(_machine, "state", "journal.json")))
        {
            Assert.False(first.HasExited);
            await Task.Yield();
        }

        var second = await AgentAsync();
        _ = Shell.Run("kill", "-INT", $"{first.Id}");
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Success, second.ExitCode);
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task FB2_a_build_that_outlives_its_killed_agent_is_waited_for_and_never_done_twice_at_once()
    {
        var builds = Path.Join(_machine, "builds");
        await PublishAsync("1", $"exec 9>> {builds}.lock; flock -n 9 || echo twice >> {builds}; echo begun >> {builds}; sleep 2");
        using (var agent = CliProcess.Start(
            CliProcess.Program, ["agent", "once", "--config", Path.Join(_machine, "agent.json")], Environment))
        {
            while (!File.Exists(builds))
            {
                Assert.False(agent.HasExited);
                await Task.Yield();
            }

            agent.Kill();
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var next = await AgentAsync();

        // Whether the first build came to its end or died with its agent, no two were at it together: a lock goes with its process.
        Assert.True(next.ExitCode == ExitCodes.Success, next.Error);
        Assert.Equal(Expected(), Running);
        Assert.DoesNotContain(
            "appears twice", await File.ReadAllTextAsync(builds, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task T11_a_release_of_another_host_is_refused_with_an_exit_code_of_its_own()
    {
        await PublishAsync("1");
        var environment = new Dictionary<string, string?>(Environment) { ["BENTO_AGENT_HOST"] = "db" };
        var areas = Path.Join(_fleet, ".bento", "areas");
        _ = Directory.CreateDirectory(Path.Join(areas, "db", "logs"));
        File.Copy(Path.Join(areas, "web", "release.json"), Path.Join(areas, "db", "release.json"));

        var run = await CliProcess.RunAsync(environment, "agent", "once", "--config", Path.Join(_machine, "agent.json"));

        Assert.Equal(ExitCodes.Refused + (int)Protocol.Refusal.WrongHost, run.ExitCode);
        Assert.Contains("'web'", run.Error, StringComparison.Ordinal);
        Assert.Null(Running);
    }

    [Fact(Timeout = 120_000)]
    public async Task T8_an_older_release_that_comes_back_is_refused_also_after_a_kill_and_with_one_copy_of_the_journal_gone()
    {
        var release = Path.Join(_fleet, ".bento", "areas", "web", "release.json");
        var old = Array.Empty<byte>();
        for (var version = 1; version <= 4; version++)
        {
            await PublishAsync($"{version}");
            old = version == 3 ? await File.ReadAllBytesAsync(release, TestContext.Current.CancellationToken) : old;
        }

        await PublishAsync("5", "echo started; sleep 600");
        using (var agent = CliProcess.Start(
            CliProcess.Program, ["agent", "once", "--config", Path.Join(_machine, "agent.json")], Environment))
        {
            while (!File.Exists(Path.Join(_machine, "state", "journal.copy.json")))
            {
                Assert.False(agent.HasExited);
                await Task.Yield();
            }

            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Join(_machine, "state", "journal.json"));
        await File.WriteAllBytesAsync(release, old, TestContext.Current.CancellationToken);
        var run = await AgentAsync();

        Assert.Equal(ExitCodes.Refused + (int)Protocol.Refusal.Rollback, run.ExitCode);
        Assert.Contains("release 5", run.Error, StringComparison.Ordinal);
        Assert.Null(Running);
    }

    [Fact(Timeout = 60_000)]
    public async Task FO7_an_agent_that_cannot_write_its_journal_changes_nothing_and_names_the_directory()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a small disk");
        await PublishAsync("1");
        using var disk = new TinyDisk("size=8k");
        await File.WriteAllBytesAsync(disk["full"], new byte[8 * 1024], TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?>(Environment) { ["BENTO_AGENT_STATEDIRECTORY"] = disk["state"] };

        var run = await CliProcess.RunAsync(environment, "agent", "once", "--config", Path.Join(_machine, "agent.json"));

        Assert.Equal(ExitCodes.Machine, run.ExitCode);
        Assert.Contains(disk.FullPath, run.Error, StringComparison.Ordinal);
        Assert.Null(Running);
    }

    [Fact(Timeout = 60_000)]
    public async Task FD2_a_disk_that_the_content_fills_is_reported_and_free_again()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a small disk");
        using var disk = new TinyDisk("size=256k");
        var environment = new Dictionary<string, string?>(Environment) { ["BENTO_AGENT_STATEDIRECTORY"] = disk["state"] };
        var large = Path.Join(_fleet, "hosts", "lab", "large");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(large)!);
        await File.WriteAllBytesAsync(
            large, System.Security.Cryptography.RandomNumberGenerator.GetBytes(400_000), TestContext.Current.CancellationToken);
        await PublishAsync("1");

        var full = await CliProcess.RunAsync(environment, "agent", "once", "--config", Path.Join(_machine, "agent.json"));
        var status = await CliProcess.RunAsync(environment, "status", "--json");
        File.Delete(large);
        await PublishAsync("2");
        var small = await CliProcess.RunAsync(environment, "agent", "once", "--config", Path.Join(_machine, "agent.json"));

        Assert.Equal((ExitCodes.HostFailed, ExitCodes.Success), (full.ExitCode, small.ExitCode));
        Assert.Contains("failing", status.Out, StringComparison.Ordinal);
        Assert.Equal(Expected(), Running);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_cannot_open_its_secrets_ends_with_a_code_of_its_own_and_the_fleet_is_not_well()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives files away");
        using var memory = new TinyDisk("size=1m");
        var key = Path.Join(_machine, "key");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
        var environment = new Dictionary<string, string?>(Environment)
        {
            ["BENTO_AGENT_SECRETS__DIRECTORY"] = memory["secrets"],
            ["BENTO_AGENT_SECRETS__IDENTITYFILE"] = key,
        };
        Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(environment, arguments);
        string[] once = ["agent", "once", "--config", Path.Join(_machine, "agent.json")];
        await File.WriteAllTextAsync(
            Path.Join(_fleet, "bento.json"),
            $$"""{ "fleet": "bento", "hosts": { "web": { "publicKey": "{{File.ReadAllText(key + ".pub").Trim()}}" } } }""",
            TestContext.Current.CancellationToken);
        _ = Directory.CreateDirectory(Path.Join(_fleet, "hosts", "lab", "secrets"));
        await File.WriteAllTextAsync(Path.Join(_fleet, "hosts", "lab", "secrets", "wifi"), "secret", TestContext.Current.CancellationToken);
        await PublishAsync("1");
        var first = await RunAsync(once);
        Assert.True(first.ExitCode == ExitCodes.Success, first.Error);
        Assert.Equal(ExitCodes.Success, (await RunAsync("status", "--summary")).ExitCode);

        // As after a reboot.
        File.Delete(memory["secrets"]);
        Directory.Delete(memory["secrets.d"], recursive: true);
        File.Move(key, key + ".away");
        var state = await RunAsync("agent", "status", "--config", Path.Join(_machine, "agent.json"));
        var run = await RunAsync(once);
        var summary = await RunAsync("status", "--summary");
        var table = await RunAsync("status");

        Assert.Equal((ExitCodes.SecretsLocked, ExitCodes.HostFailed), (run.ExitCode, summary.ExitCode));
        Assert.Contains("The secrets of the host could not be decrypted", run.Error, StringComparison.Ordinal);
        Assert.Contains(key, run.Error, StringComparison.Ordinal);
        Assert.Contains("look at web", summary.Out, StringComparison.Ordinal);
        Assert.Contains("! up to date, secrets locked", table.Out, StringComparison.Ordinal);
        Assert.Contains("The secrets of the host are not in memory.", state.Out, StringComparison.Ordinal);

        // A server that is away takes nothing from it.
        environment["BENTO_AGENT_AREAS__DIRECTORY"] = Path.Join(_machine, "nowhere");
        run = await RunAsync(once);
        Assert.Equal(ExitCodes.SecretsLocked, run.ExitCode);
        Assert.Contains("The secrets of the host could not be decrypted", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_deploy_that_waits_ends_when_its_hosts_have()
    {
        await PublishAsync("1");

        var nobody = await CliProcess.RunAsync(Environment, "deploy", "--wait=1s");
        var agent = AgentAsync();
        var waited = await CliProcess.RunAsync(Environment, "deploy", "--wait");
        Assert.Equal(ExitCodes.Success, (await agent).ExitCode);
        await PublishAsync("2");
        await File.WriteAllTextAsync(Path.Join(_machine, "run", "switch-exit-code"), "1\n", TestContext.Current.CancellationToken);
        agent = AgentAsync();
        var failed = await CliProcess.RunAsync(Environment, "deploy", "--wait=5m");

        Assert.Equal(ExitCodes.HostFailed, (await agent).ExitCode);
        Assert.Equal(
            (ExitCodes.StillWaiting, ExitCodes.Success, ExitCodes.HostFailed), (nobody.ExitCode, waited.ExitCode, failed.ExitCode));
        Assert.Contains("web: new machine: ", nobody.Error, StringComparison.Ordinal);
        Assert.Contains("web: up to date: ", waited.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("up to date: Release 2", failed.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _nix.Dispose();

    private string? Running => new FileInfo(Path.Join(_machine, "run", "current-system")).LinkTarget;

    private Dictionary<string, string?> Environment =>
        new(_nix.Environment) { ["BENTO_DIR"] = _fleet, [TestSystem.RunVariable] = Path.Join(_machine, "run") };

    private Task<CliProcess> AgentAsync() =>
        CliProcess.RunAsync(Environment, "agent", "once", "--config", Path.Join(_machine, "agent.json"));

    /// <summary>Publishes a version; with a script that only this host would build.</summary>
    private async Task PublishAsync(string version, string buildScript = "")
    {
        _ = new TestFlake().With("web", new TestSystem { Version = version, BuildScript = buildScript })
            .WriteTo(Path.Join(_fleet, "hosts", "lab"));
        await File.WriteAllTextAsync(
            Path.Join(_fleet, "hosts", "lab", "NOLOCALBUILD"), string.Empty, TestContext.Current.CancellationToken);
        var run = await CliProcess.RunAsync(Environment, "deploy");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
    }

    private string Expected()
    {
        using var envelope = JsonDocument.Parse(File.ReadAllBytes(Path.Join(_fleet, ".bento", "areas", "web", "release.json")));
        using var payload = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        return payload.RootElement.GetProperty("expectedSystem").GetString()!;
    }
}
