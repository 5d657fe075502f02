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
