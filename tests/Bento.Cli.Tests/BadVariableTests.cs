using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests;

/// <summary>What an environment variable that cannot be used gets.</summary>
public sealed class BadVariableTests
{
    [Fact]
    public async Task An_environment_variable_that_is_wrong_is_named_with_its_value()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?>
            {
                ["BENTO_DIR"] = directory.FullPath,
                ["BENTO_RELEASEDAYS"] = "soon",
                ["BENTO_FLEET"] = "home",
            }, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("$BENTO_RELEASEDAYS: Expected a number, found 'soon'.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BENTO_FLEET", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BENTO_KEEPATTEMPTS", "1", "bento: $BENTO_KEEPATTEMPTS: Must be at least 2, is 1.\n")]
    [InlineData("BENTO_RELEASEDAYS", "1e300", "bento: $BENTO_RELEASEDAYS: Must be at most 3660, is 1E+300.\n")]
    [InlineData("BENTO_HOSTS__web__CONFIRMSECONDS", "-1e300", "bento: $BENTO_HOSTS__web__CONFIRMSECONDS: Must be at least 10, ")]
    [InlineData("BENTO_HOSTS__1st__REBOOT", "true", "bento: $BENTO_HOSTS__1st__REBOOT: hosts.1st: '1st' is not the name of a host")]
    [InlineData("BENTO_SIGNING__THRESHOLD", "2", "bento: $BENTO_SIGNING__THRESHOLD: 2 keys must sign, but there are 0 keys.\n")]
    [InlineData("BENTO_SERVER__HOST", "x", "bento: $BENTO_SERVER__HOST: server.user: Is missing.\n")]
    public async Task What_a_variable_sets_is_judged_by_the_same_rules_and_the_variable_is_named(string name, string value, string words)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", "{ }");

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory.FullPath, [name] = value }, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }
}
