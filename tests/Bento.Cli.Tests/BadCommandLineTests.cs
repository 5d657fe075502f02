using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests;

/// <summary>What a wrong command line gets.</summary>
public sealed class BadCommandLineTests
{
    [Theory]
    [InlineData("build", "--target", "web")]
    [InlineData("build", "dry-run", "--target", "web")]
    public async Task A_target_of_what_runs_nowhere_is_a_wrong_command_line(params string[] arguments)
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--target only applies to 'bento build test'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("build", "switsch")]
    [InlineData("status", "--colour")]
    [InlineData("deploy", "--all", "--on", "web")]
    [InlineData("server", "sshd-config", "--root", "/srv", "--hosts", "0")]
    [InlineData("deploy", "--all", "--plan", "plan.json")]
    [InlineData("agent")]
    public async Task A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, arguments);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_selector_that_is_none_and_one_that_selects_nothing_are_told_apart()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = nix.CreateDirectory("fleet");
        _ = new TestFlake().With("router").With("web").WriteTo(Path.Join(fleet, "hosts", "lab"));
        var environment = new Dictionary<string, string?>(nix.Environment) { ["BENTO_DIR"] = fleet };

        var none = await CliProcess.RunAsync(environment, "deploy", "--on", "a,,b");
        var empty = await CliProcess.RunAsync(environment, "deploy", "--on", "ruoter");

        Assert.Equal((ExitCodes.Configuration, ExitCodes.Configuration), (none.ExitCode, empty.ExitCode));
        Assert.Contains("'a,,b' selects no hosts", none.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean router?", empty.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("refresh")]
    [InlineData("build")]
    public async Task Where_all_must_be_said_nobody_changes_every_host_by_leaving_something_out(string command)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");
        directory.WriteFile("bento.json", """{ "requireAll": true, "nix": { "programDirectory": "/nowhere" } }""");

        var refused = await CliRun.RunAsync(directory.FullPath, command);
        var all = await CliRun.RunAsync(directory.FullPath, command, "--all");
        var one = await CliRun.RunAsync(directory.FullPath, command, "--on", "w*");
        var look = await CliRun.RunAsync(directory.FullPath, "status");

        Assert.Equal((ExitCodes.Configuration, ExitCodes.Success), (refused.ExitCode, look.ExitCode));
        Assert.Contains("--on HOSTS", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--all", refused.Error, StringComparison.Ordinal);
        Assert.All([all, one], run => Assert.DoesNotContain("requireAll", run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_help_that_is_asked_for_is_given_although_arguments_are_missing()
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, "logs", "--help");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("Examples:", run.Out, StringComparison.Ordinal);
    }
}
