using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Agent;

/// <summary>The agent that stays, and what a person on the host asks it, as processes on a real Nix.</summary>
public sealed class ResidentAgentTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly string _machine;

    public ResidentAgentTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        _machine = _nix.CreateDirectory("machine");
        _ = _nix.CreateDirectory("machine/run");
        File.WriteAllText(Path.Join(_machine, "agent.json"), $$"""
            {
              "host": "web", "pollSeconds": 1,
              "areas": { "directory": "{{_fleet}}/.bento/areas" },
              "trust": { "allowUnsigned": true },
              "stateDirectory": "state", "systemProfile": "profiles/system", "currentSystem": "run/current-system", "bootedSystem": "run/booted-system", "useSystemd": false
            }
            """);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_deploy_reaches_a_resident_agent_and_SIGTERM_ends_it_in_order()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(Path.Join(_machine, "notify")));
        await PublishAsync("1");
        using var agent = CliProcess.Start(
            CliProcess.Program,
            ["agent", "run", "--config", Path.Join(_machine, "agent.json")],
            new Dictionary<string, string?>(Environment) { ["NOTIFY_SOCKET"] = Path.Join(_machine, "notify") });
        await UntilAsync(agent, () => Running is { } running && running.EndsWith("-1", StringComparison.Ordinal));

        await PublishAsync("2");
        await UntilAsync(agent, () => Running!.EndsWith("-2", StringComparison.Ordinal) && Status("web") == "up-to-date");
        var busy = await RunAsync("agent", "once");
        var asked = await RunAsync("agent", "status", "--json");
        var stopping = Stopwatch.StartNew();
        _ = Shell.Run("kill", "-TERM", $"{agent.Id}");
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (agent.ExitCode, busy.ExitCode));
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Contains($"process {agent.Id}", busy.Error, StringComparison.Ordinal);
        using var state = JsonDocument.Parse(asked.Out);
        Assert.Contains($"process {agent.Id}", state.RootElement.GetProperty("worker").GetString(), StringComparison.Ordinal);
        Assert.Equal("succeeded", state.RootElement.GetProperty("outcome").GetString());
        var said = Heard(systemd);
        Assert.Equal(("READY=1", "STOPPING=1"), (said[0], said[^1]));
        Assert.Contains(said, line => line.StartsWith("STATUS=", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task FA6_an_agent_that_is_stopped_in_a_switch_ends_at_once_and_the_next_one_waits_for_the_switch_and_confirms_it()
    {
        PlaySystemd();
        await PublishAsync("1");
        using var agent = CliProcess.Start(
            CliProcess.Program, ["agent", "run", "--config", Path.Join(_machine, "agent.json")], UnderSystemd);
        await UntilAsync(agent, () => File.Exists(Path.Join(_machine, "run", "switching")));

        var stopping = Stopwatch.StartNew();
        _ = Shell.Run("kill", "-TERM", $"{agent.Id}");
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
        stopping.Stop();
        var next = await CliProcess.RunAsync(UnderSystemd, "agent", "once", "--config", Path.Join(_machine, "agent.json"));

        Assert.Equal(ExitCodes.Success, agent.ExitCode);
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.True(next.ExitCode == ExitCodes.Success, next.Error);
        Assert.EndsWith("-1", Running, StringComparison.Ordinal);
        Assert.Equal("up-to-date", Status("web"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_paused_host_begins_nothing_and_says_so_until_it_is_resumed()
    {
        await PublishAsync("1");
        var paused = await RunAsync("agent", "pause", "disk is being replaced", "--for", "2h");

        var once = await RunAsync("agent", "once");
        var words = await RunAsync("agent", "status");
        var fleet = await CliProcess.RunAsync(Environment, "status", "--json");
        Assert.Null(Running);
        var resumed = await RunAsync("agent", "resume");
        var again = await RunAsync("agent", "resume");
        var next = await RunAsync("agent", "once");

        Assert.All([paused, once, words, fleet, resumed, again, next], run => Assert.True(run.ExitCode == ExitCodes.Success, run.Error));
        Assert.Contains("disk is being replaced", once.Error, StringComparison.Ordinal);
        Assert.Contains("disk is being replaced", words.Out, StringComparison.Ordinal);
        Assert.Contains("\"paused\"", fleet.Out, StringComparison.Ordinal);
        Assert.Contains("was not paused", again.Error, StringComparison.Ordinal);
        Assert.EndsWith("-1", Running, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("soon")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("1")]
    public async Task A_time_that_is_none_is_a_wrong_command_line(string time)
    {
        var run = await RunAsync("agent", "pause", $"--for={time}");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(time, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _nix.Dispose();

    private string? Running => new FileInfo(Path.Join(_machine, "run", "current-system")).LinkTarget;

    private Dictionary<string, string?> Environment =>
        new(_nix.Environment) { ["BENTO_DIR"] = _fleet, [TestSystem.RunVariable] = Path.Join(_machine, "run") };

    private Dictionary<string, string?> UnderSystemd => new(Environment)
    {
        ["PATH"] = $"{Path.Join(_machine, "bin")}:{System.Environment.GetEnvironmentVariable("PATH")}",
        ["BENTO_AGENT_USESYSTEMD"] = "true",
    };

    /// <summary>
    /// The programs of systemd as far as a switch needs them: one unit, which runs apart from who asked for it, and takes two seconds.
    /// </summary>
    private void PlaySystemd()
    {
        var bin = _nix.CreateDirectory("machine/bin");
        var switching = Path.Join(_machine, "run", "switching");
        var ended = Path.Join(_machine, "run", "ended");
        Script("systemctl", $"""
            case "$1" in
              show)
                if [ -e "{switching}" ]; then echo LoadState=loaded; echo ActiveState=active; echo SubState=running; exit; fi
                if [ -e "{ended}" ]; then cat "{ended}"; else echo LoadState=not-found; echo ActiveState=inactive; echo SubState=dead; fi ;;
              --quiet) rm -f "{ended}" ;;
            esac
            """);
        Script("journalctl", "exit 0");
        Script("systemd-run", $$"""
            while [ "$1" != "${1#--}" ]; do case "$1" in --description=*) description=${1#--description=} ;; esac; shift; done
            touch "{{switching}}"
            printf '%s\n' LoadState=loaded ActiveState=active SubState=exited Result=success ExecMainStatus=0 "Description=$description" > "{{ended}}"
            setsid sh -c 'sleep 2; "$@"; rm -f "{{switching}}"' sh "$@" > /dev/null 2>&1 &
            """);

        void Script(string name, string text)
        {
            File.WriteAllText(Path.Join(bin, name), $"#!/bin/sh\n{text}\n");
            _ = Shell.Run("chmod", "+x", Path.Join(bin, name));
        }
    }

    private Task<CliProcess> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync(Environment, [.. arguments, "--config", Path.Join(_machine, "agent.json")]);

    private async Task PublishAsync(string version)
    {
        _ = new TestFlake().With("web", new TestSystem { Version = version }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
        var run = await CliProcess.RunAsync(Environment, "deploy");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
    }

    private string? Status(string host)
    {
        using var status = JsonDocument.Parse(
            CliProcess.RunAsync(Environment, "status", "--on", host, "--json").GetAwaiter().GetResult().Out);
        return status.RootElement.GetProperty("hosts")[0].GetProperty("state").GetString();
    }

    /// <summary>What another process does cannot be awaited; the timeout of the test bounds it.</summary>
    private static async Task UntilAsync(Process agent, Func<bool> holds)
    {
        while (!holds())
        {
            Assert.False(agent.HasExited);
            await Task.Yield();
        }
    }

    private static List<string> Heard(Socket systemd)
    {
        var heard = new List<string>();
        var buffer = new byte[4096];
        while (systemd.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            heard.Add(Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer)));
        }

        return heard;
    }
}
