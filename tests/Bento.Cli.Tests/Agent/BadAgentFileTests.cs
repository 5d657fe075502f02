using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Agent;

/// <summary>What an agent.json that cannot be used gets.</summary>
public sealed class BadAgentFileTests
{
    [Fact]
    public async Task N3_an_agent_without_a_pinned_host_key_says_what_to_do()
    {
        using var directory = new TempDirectory();
        directory.WriteFile(
            "agent.json",
            """{ "host": "web", "trust": { "allowUnsigned": true }, "server": { "host": "x", "user": "web", "privateKeyFile": "key" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "agent", "once", "--config", directory["agent.json"]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("any server could pose as yours", run.Error, StringComparison.Ordinal);
        Assert.Contains("--accept-first", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_without_its_configuration_names_the_file()
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, "agent", "once", "--config", directory["agent.json"]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("agent.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "host": "web", "areas": { "directory": "areas" } }""", "trust.keys")]
    [InlineData("""{ "host": "web", "areas": { "directory": "areas" }, "trust": { "keys": ["ssh-ed25519 AAAA"] } }""", "trust.keys[0]")]
    [InlineData("""{ "host": "web", "areas": { "directory": "areas" }, "trust": { "threshold": 0 } }""", "$.trust.threshold")]
    public async Task An_agent_that_could_trust_nobody_does_not_start_and_says_why(string text, string path)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("agent.json", text);

        var run = await CliRun.RunAsync(directory.FullPath, "agent", "once", "--config", directory["agent.json"]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains($"{path}: ", run.Error, StringComparison.Ordinal);
    }
}
