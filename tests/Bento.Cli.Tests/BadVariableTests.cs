using Bento.Cli.Terminal;
using Bento.Testing;

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
        Assert.Contains("$BENTO_RELEASEDAYS: Invalid value 'soon'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BENTO_FLEET", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BENTO_RELEASEDAYS", "1e300", "releaseLifetime")]
    [InlineData("BENTO_HOSTS__web__CONFIRMSECONDS", "-1e300", "hosts.web.confirmTimeout")]
    [InlineData("BENTO_SERVER__HOST", "x", "$.server.user: It is required.")]
    public async Task What_a_variable_sets_is_judged_by_the_same_rules(string name, string value, string words)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", "{ }");

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory.FullPath, [name] = value }, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }
}
