using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

public sealed class RollbackCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;

    public RollbackCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
    }

    public void Dispose() => _nix.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task A_host_goes_back_to_the_release_that_is_named()
    {
        foreach (var version in new[] { "1", "2", "3" })
        {
            _ = new TestFlake().With("web", new TestSystem { Version = version }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
            Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        }

        var run = await RunAsync("rollback", "web", "--to", "1");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("published (4)", run.Out, StringComparison.Ordinal);
        var systems = await SystemsAsync();
        Assert.Equal(systems["1"], systems["4"]);
        Assert.NotEqual(systems["2"], systems["4"]);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_given_back_stays_until_somebody_says_otherwise_and_every_screen_says_so()
    {
        foreach (var version in new[] { "1", "2" })
        {
            _ = new TestFlake().With("web", new TestSystem { Version = version }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
            Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        }

        var back = await RunAsync("rollback", "web", "--reason", "502 since noon");
        var plan = await RunAsync("plan");
        var left = await RunAsync("deploy");
        var status = await RunAsync("status");
        var taken = await RunAsync("deploy", "--on", "web", "--unpin");

        Assert.Contains("bento deploy --on web --unpin", back.Error, StringComparison.Ordinal);
        Assert.All([plan, left], run => Assert.Matches(
            @"note: web keeps what it was given back \(release 1, .*Z\): 502 since noon. To publish what is described: --unpin",
            run.Error));
        Assert.Contains("unchanged (3)", left.Out, StringComparison.Ordinal);
        Assert.Contains("pinned", status.Out, StringComparison.Ordinal);
        Assert.Contains("published (4)", taken.Out, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_frozen_host_is_named_by_plan_status_and_show_until_it_is_not_frozen_any_more()
    {
        _ = new TestFlake().With("web", new TestSystem { Version = "1" }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);

        var frozen = await RunAsync("host", "freeze", "web", "--reason", "sale", "--until", "2d");
        _ = new TestFlake().With("web", new TestSystem { Version = "2" }).WriteTo(Path.Join(_fleet, "hosts", "lab"));
        var plan = await RunAsync("plan");
        var status = await RunAsync("status");
        var show = await RunAsync("show", "web");
        var ended = await RunAsync("host", "unfreeze", "web");
        var after = await RunAsync("status");

        Assert.Contains("bento: froze 1 host until 20", frozen.Error, StringComparison.Ordinal);
        Assert.Matches(@"note: web is frozen until .*Z \(sale\): what is published waits until then\.", plan.Error);
        Assert.Contains("frozen", status.Out, StringComparison.Ordinal);
        Assert.Matches(@"It was frozen at .*: sale\.", show.Out);
        Assert.Equal(ExitCodes.Success, ended.ExitCode);
        Assert.DoesNotContain("frozen", after.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "freeze", "web")]
    [InlineData("host", "freeze", "web", "--reason", " ")]
    [InlineData("host", "freeze", "--reason", "sale")]
    [InlineData("host", "freeze", "web", "--reason", "sale", "--until", "soon")]
    public async Task A_freeze_without_a_reason_or_an_end_that_is_none_is_refused(params string[] arguments) =>
        Assert.Equal(ExitCodes.Usage, (await CliRun.RunAsync(_fleet, arguments)).ExitCode);

    [Fact(Timeout = 120_000)]
    public async Task A_release_that_the_host_never_had_is_an_error_that_names_both()
    {
        _ = new TestFlake().With("web", new TestSystem()).WriteTo(Path.Join(_fleet, "hosts", "lab"));
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);

        var run = await RunAsync("rollback", "web", "--to", "9");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Matches("web.*9", run.Error);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("seven")]
    [InlineData("1.2.3")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task What_is_no_number_of_a_release_is_refused(string text) =>
        Assert.Equal(ExitCodes.Usage, (await CliRun.RunAsync(_fleet, "rollback", "web", $"--to={text}")).ExitCode);

    private async Task<Dictionary<string, string>> SystemsAsync()
    {
        using var json = JsonDocument.Parse((await RunAsync("history", "web", "--json")).Out);
        return json.RootElement.GetProperty("hosts")[0].GetProperty("releases").EnumerateArray().ToDictionary(
            release => release.GetProperty("release").GetString()!, release => release.GetProperty("expected").GetString()!);
    }

    private Task<CliProcess> RunAsync(params string[] arguments) =>
        CliProcess.RunAsync(new Dictionary<string, string?>(_nix.Environment) { ["BENTO_DIR"] = _fleet }, arguments);
}
