using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

/// <summary>The program as a process, on a real Nix.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;

    public PlanCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_plan_is_kept_and_applied_or_refused_when_the_world_moved()
    {
        Write(new TestSystem { Version = "1", Kernel = "6.1" });
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        Write(new TestSystem { Version = "2", Kernel = "6.6" });

        var words = await RunAsync("plan");
        var json = await RunAsync("plan", "--json");
        var file = Path.Join(_fleet, "..", "plan.json");
        await File.WriteAllTextAsync(file, json.Out, TestContext.Current.CancellationToken);

        Assert.Matches(
            @"1 host: 1 new system, 1 reboot by hand\nweb: new system after release 1, \S+ nixos-system-web-2\n(.|\n)*~ kernel 6.1 → 6.6",
            words.Out);
        using var plan = JsonDocument.Parse(json.Out);
        Assert.Equal("system", Assert.Single(plan.RootElement.GetProperty("hosts").EnumerateArray()).GetProperty("change").GetString());

        var applied = await RunAsync("deploy", "--plan", file);
        var again = await RunAsync("deploy", "--plan", file);

        Assert.Equal(ExitCodes.Success, applied.ExitCode);
        Assert.Contains("published (2)", applied.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.PlanOutdated, again.ExitCode);
        Assert.Contains("web", again.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_part_of_a_plan_is_applied_and_later_the_rest()
    {
        var flake = new TestFlake().With("db", new TestSystem()).With("web", new TestSystem());
        _ = flake.WriteTo(Path.Join(_fleet, "hosts", "lab"));
        var file = Path.Join(_fleet, "..", "plan.json");
        await File.WriteAllTextAsync(file, (await RunAsync("plan", "--json")).Out, TestContext.Current.CancellationToken);

        var part = await RunAsync("deploy", "--plan", file, "--on", "web");
        var rest = await RunAsync("deploy", "--plan", file, "--on", "db");

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (part.ExitCode, rest.ExitCode));
        Assert.Matches(@"web +published \(1\)", part.Out);
        Assert.DoesNotContain("db", part.Out, StringComparison.Ordinal);
        Assert.Matches(@"db +published \(1\)", rest.Out);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_dry_run_of_a_deploy_publishes_nothing()
    {
        Write(new TestSystem());

        var run = await RunAsync("deploy", "--dry-run");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("1 first release", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(_fleet, ".bento", "areas", "web")));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_never_said_what_it_runs_has_no_diff()
    {
        Write(new TestSystem());
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);

        var run = await RunAsync("diff");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Matches(@"^web +has not reported what it runs\n$", run.Out);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no")]
    [InlineData("""{ "schema": 9, "hosts": [] }""")]
    [InlineData("""{ "schema": 1, "hosts": [ { "host": "../x", "fingerprint": "a" } ] }""")]
    public async Task A_file_that_is_no_plan_is_refused(string text)
    {
        var file = Path.Join(_fleet, "plan.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var run = await CliRun.RunAsync(_fleet, "deploy", "--plan", file);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _nix.Dispose();

    private Task<CliProcess> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync(new Dictionary<string, string?>(_nix.Environment) { ["BENTO_DIR"] = _fleet }, arguments);

    private void Write(TestSystem system) => _ = new TestFlake().With("web", system).WriteTo(Path.Join(_fleet, "hosts", "lab"));
}
