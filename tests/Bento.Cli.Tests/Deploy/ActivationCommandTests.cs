using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

/// <summary>The program as a process, on a real Nix, on a machine that is a directory.</summary>
public sealed class ActivationCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly string _machine;

    public ActivationCommandTests()
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
        _ = new TestFlake().With("web").With("web2").WriteTo(Path.Join(_fleet, "hosts", "lab"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_switch_runs_the_system_sets_the_profile_and_is_published()
    {
        var run = await RunAsync("build", "switch", "--on", "web", "--yes");
        var agent = await RunAsync("agent", "once");
        var status = await RunAsync("status", "--on", "web", "--json");

        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Assert.EndsWith("-nixos-system-web-1", Running, StringComparison.Ordinal);
        Assert.Equal(Running, new FileInfo(Path.Join(_machine, "profiles", "system")).ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        Assert.Equal(ExitCodes.Success, agent.ExitCode);
        Assert.Single(await File.ReadAllLinesAsync(Path.Join(_machine, "run", "switch-calls"), TestContext.Current.CancellationToken));
        using var document = JsonDocument.Parse(status.Out);
        Assert.Equal(
            "up-to-date", Assert.Single(document.RootElement.GetProperty("hosts").EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_test_runs_the_system_and_leaves_profile_and_area_alone()
    {
        var run = await RunAsync("build", "test", "--on", "web", "--yes");

        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Assert.NotNull(Running);
        Assert.False(Path.Exists(Path.Join(_machine, "profiles", "system")));
        Assert.False(Path.Exists(Path.Join(_fleet, ".bento", "areas", "web", "release.json")));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_switch_that_fails_is_not_published()
    {
        await File.WriteAllTextAsync(Path.Join(_machine, "run", "switch-exit-code"), "2\n", TestContext.Current.CancellationToken);

        var run = await RunAsync("build", "switch", "--on", "web", "--yes");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains("exit code 2", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Join(_fleet, ".bento", "areas", "web", "release.json")));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("web,web2")]
    [InlineData("web*")]
    [InlineData(null)]
    public async Task S24_only_one_host_that_is_named_is_ever_activated(string? hosts)
    {
        var run = await CliRun.RunAsync(
            _fleet, [.. (string[])["build", "switch", "--yes"], .. hosts is null ? Array.Empty<string>() : ["--on", hosts]]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("--on NAME", run.Error, StringComparison.Ordinal);
        Assert.Null(Running);
    }

    [Fact]
    public async Task Nothing_is_activated_without_a_yes()
    {
        var run = await CliRun.RunAsync(_fleet, "build", "switch", "--on", "web");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-oProxyCommand=touch x")]
    [InlineData("root@a b")]
    public async Task S41_what_is_no_machine_never_reaches_ssh(string target)
    {
        var run = await CliRun.RunAsync(_fleet, "build", "switch", "--on", "web", "--yes", $"--target={target}");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(target, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _nix.Dispose();

    private string? Running => new FileInfo(Path.Join(_machine, "run", "current-system")).LinkTarget;

    private Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(
        new Dictionary<string, string?>(_nix.Environment)
        {
            ["BENTO_DIR"] = _fleet,
            ["BENTO_AGENT_CONFIG"] = Path.Join(_machine, "agent.json"),
            [TestSystem.RunVariable] = Path.Join(_machine, "run"),
        },
        arguments);
}
