using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Inputs;

public sealed class FlakeUpdateCommandTests
{
    [Fact(Timeout = 120_000)]
    public async Task What_moved_is_said_and_one_flake_that_fails_is_an_exit_code()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = nix.CreateDirectory("fleet");
        var input = nix.CreateDirectory("dep");
        await File.WriteAllTextAsync(Path.Join(input, "flake.nix"), "{ outputs = _: { }; }", TestContext.Current.CancellationToken);
        _ = new TestFlake { Inputs = $"inputs.dep.url = \"path:{input}\";" }.With("a").WriteTo(Path.Join(fleet, "hosts", "a"));
        _ = new TestFlake { Inputs = "inputs.dep.url = \"path:/does/not/exist\";" }.With("b").WriteTo(Path.Join(fleet, "hosts", "b"));
        var environment = new Dictionary<string, string?>(nix.Environment) { ["BENTO_DIR"] = fleet };

        var words = await CliProcess.RunAsync(environment, "flake-update");
        var json = await CliProcess.RunAsync(environment, "flake-update", "dep", "--json");
        var unknown = await CliProcess.RunAsync(environment, "flake-update", "nixpkgs");

        Assert.Equal(ExitCodes.HostFailed, words.ExitCode);
        Assert.Matches(@"^hosts/a:\n  dep  none → \S{12} of \d{4}-\d\d-\d\d\n$", words.Out);
        Assert.Contains("error: hosts/b: ", words.Error, StringComparison.Ordinal);
        using var flakes = JsonDocument.Parse(json.Out);
        Assert.Equal(
            ["hosts/a", "hosts/b"],
            flakes.RootElement.GetProperty("flakes").EnumerateArray().Select(flake => flake.GetProperty("directory").GetString()));
        Assert.Equal(ExitCodes.HostFailed, json.ExitCode);
        Assert.Contains("hosts/b: Its flake.nix names 'dep', and there is no flake.lock", json.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Configuration, unknown.ExitCode);
    }
}
