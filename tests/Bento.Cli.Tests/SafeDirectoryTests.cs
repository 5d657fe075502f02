using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests;

/// <summary>Root and directories of other users, as processes of their own: who root is called by stands in the environment.</summary>
public sealed class SafeDirectoryTests : IDisposable
{
    private const string Eve = "12345";

    private readonly TempDirectory _directory = new();

    public SafeDirectoryTests()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives directories to others");
        _directory.WriteFile("fleet/bento.json", "{}");
        _directory.WriteFile("fleet/hosts/web/flake.nix", "{ }");
    }

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData("fleet")]
    [InlineData("fleet/bento.json")]
    [InlineData("fleet/.bento")]
    public async Task T15_root_uses_no_directory_of_somebody_else_without_a_word(string whose)
    {
        _ = Directory.CreateDirectory(_directory["fleet/.bento"]);
        Shell.Run("chown", Eve, _directory[whose]);

        var refused = await StatusAsync();

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains($"'{_directory[whose]}' belongs to user {Eve}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("BENTO_SAFE_DIRECTORIES", refused.Error, StringComparison.Ordinal);
        Assert.True(await IsUsedAsync("BENTO_SAFE_DIRECTORIES", _directory["fleet"]));
        Assert.True(await IsUsedAsync("BENTO_SAFE_DIRECTORIES", "*"));
        Assert.True(await IsUsedAsync("SUDO_UID", Eve));
        Assert.False(await IsUsedAsync("SUDO_UID", "1"));
        Assert.False(await IsUsedAsync("BENTO_SAFE_DIRECTORIES", "/elsewhere"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("host/agent.json")]
    [InlineData("host")]
    [InlineData("state")]
    public async Task T15_the_agent_of_root_takes_no_configuration_and_no_state_of_somebody_else(string whose)
    {
        _directory.WriteFile(
            "host/agent.json",
            $$"""
            {
              "host": "web",
              "stateDirectory": "{{_directory["state"]}}",
              "trust": { "allowUnsigned": true },
              "areas": { "directory": "{{_directory["areas"]}}" }
            }
            """);
        _ = Directory.CreateDirectory(_directory["state"]);
        Shell.Run("chown", Eve, _directory[whose]);

        string[] command = ["agent", "status", "--config", _directory["host/agent.json"]];
        var refused = await CliProcess.RunAsync(new Dictionary<string, string?>(), command);
        var named = await CliProcess.RunAsync(
            new Dictionary<string, string?> { ["BENTO_SAFE_DIRECTORIES"] = _directory[whose] }, command);

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains($"'{_directory[whose]}' belongs to user {Eve}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("BENTO_SAFE_DIRECTORIES", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("belongs to user", named.Error, StringComparison.Ordinal);
    }

    private async Task<bool> IsUsedAsync(string name, string value) =>
        !(await StatusAsync((name, value))).Error.Contains("belongs to user", StringComparison.Ordinal);

    private Task<CliProcess> StatusAsync(params (string Name, string Value)[] environment) => CliProcess.RunAsync(
        environment.ToDictionary(variable => variable.Name, variable => (string?)variable.Value),
        "status", "-C", _directory["fleet"]);
}
