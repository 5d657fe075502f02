using Bento.Cli.Terminal;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

public sealed class VerboseTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(null, false)]
    [InlineData("1", true)]
    public async Task S15_VERBOSE_shows_what_Nix_prints(string? verbose, bool isShown)
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = nix.CreateDirectory("fleet");
        _ = new TestFlake().With("web", new TestSystem { BuildScript = "echo a word of the builder" })
            .WriteTo(Path.Join(fleet, "hosts", "lab"));

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?>(nix.Environment) { ["BENTO_DIR"] = fleet, ["VERBOSE"] = verbose }, "build");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(isShown, run.Error.Contains("a word of the builder", StringComparison.Ordinal));
    }
}
