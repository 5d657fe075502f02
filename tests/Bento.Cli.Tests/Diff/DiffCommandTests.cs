using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Diff;

/// <summary>The program as a process, on a real Nix; nvd is a script.</summary>
public sealed class DiffCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;
    private readonly string _programs;

    public DiffCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
        _programs = _nix.CreateDirectory("programs");
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nvd_is_there_it_describes_the_difference_and_the_data_stay_those_of_the_store()
    {
        await RunTheFirstAndWantTheSecondAsync();
        var nvd = Path.Join(_programs, "nvd");
        await File.WriteAllTextAsync(nvd, "#!/bin/sh\necho \"nvd was given: $*\"\n", TestContext.Current.CancellationToken);

        File.SetUnixFileMode(nvd, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var described = await RunAsync("diff", "--nvd");
        var plain = await RunAsync("diff");
        var json = await RunAsync("diff", "--json");

        Assert.True(described.ExitCode == ExitCodes.Success, described.Error);
        Assert.Matches(@"\nweb:\nnvd was given: diff /\S+-nixos-system-web-1 /\S+-nixos-system-web-2\n$", described.Out);
        Assert.Matches(
            @"^web +\+0 -0 ~\d+ (.|\n)+web: \S+-nixos-system-web-1 → \S+-nixos-system-web-2\n(.|\n)+~ kernel 6.1 → 6.6", plain.Out);
        using var document = JsonDocument.Parse(json.Out);
        Assert.NotEmpty(document.RootElement.GetProperty("hosts")[0].GetProperty("difference").GetProperty("packages").EnumerateArray());
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nvd_is_missing_or_fails_it_is_said_what_does_without_it()
    {
        await RunTheFirstAndWantTheSecondAsync();

        var missing = await RunAsync("diff", "--nvd");
        var nvd = Path.Join(_programs, "nvd");
        await File.WriteAllTextAsync(nvd, "#!/bin/sh\necho no luck >&2; exit 3\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(nvd, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var failed = await RunAsync("diff", "--nvd");

        Assert.Equal((ExitCodes.Nix, ExitCodes.Nix), (missing.ExitCode, failed.ExitCode));
        Assert.Contains("leave --nvd out", missing.Error, StringComparison.Ordinal);
        Assert.Contains("nvd ended with 3: no luck", failed.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _nix.Dispose();

    private async Task RunTheFirstAndWantTheSecondAsync()
    {
        var machine = _nix.CreateDirectory("machine");
        await File.WriteAllTextAsync(Path.Join(machine, "agent.json"), $$"""
            {
              "host": "web",
              "areas": { "directory": "{{_fleet}}/.bento/areas" },
              "trust": { "allowUnsigned": true },
              "stateDirectory": "state", "systemProfile": "profiles/system", "currentSystem": "run/current-system", "bootedSystem": "run/booted-system", "useSystemd": false
            }
            """, TestContext.Current.CancellationToken);
        Write(new TestSystem { Version = "1", Kernel = "6.1" });
        await SucceedAsync("deploy");
        await SucceedAsync("agent", "once", "--config", Path.Join(machine, "agent.json"));
        Write(new TestSystem { Version = "2", Kernel = "6.6" });
        await SucceedAsync("deploy");
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
    }

    private Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(
        new Dictionary<string, string?>(_nix.Environment)
        {
            ["BENTO_DIR"] = _fleet,
            ["PATH"] = $"{_programs}:{Environment.GetEnvironmentVariable("PATH")}",
            [TestSystem.RunVariable] = _nix.CreateDirectory("machine/run"),
        },
        arguments);

    private void Write(TestSystem system) => _ = new TestFlake().With("web", system).WriteTo(Path.Join(_fleet, "hosts", "lab"));
}
