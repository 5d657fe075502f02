using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public async Task What_is_wrong_is_said_with_what_repairs_it_and_the_code_says_so()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = directory.WriteFile("bento.json", """{ "signing": { "keys": ["no-key"] }, "nix": { "programDirectory": "/nowhere" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "doctor");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains($"problem keys: There is no signing key '{directory["no-key"]}'", run.Out, StringComparison.Ordinal);
        Assert.Contains("problem programs: ", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "warning areas: web: Nothing was published for this host yet.\n    Deploy it: bento deploy --on web\n",
            run.Out,
            StringComparison.Ordinal);
        Assert.Contains("2 problems, 1 warning.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_alone_have_a_code_of_their_own()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = directory.WriteFile("bento.json", "{ }");

        var run = await CliRun.RunAsync(directory.FullPath, "doctor");

        Assert.Equal(ExitCodes.Warnings, run.ExitCode);
        Assert.Contains("0 problems, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_findings_too()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("bento.json", """{ "colour": "red", "releaseDays": "x" }""");

        var run = await CliRun.RunAsync(directory.FullPath, "doctor", "--json");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        using var json = JsonDocument.Parse(run.Out);
        Assert.False(json.RootElement.GetProperty("well").GetBoolean());
        Assert.Equal(
            ["settings", "settings"],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("subject").GetString()));
    }

    [Fact]
    public async Task What_lies_among_the_areas_and_who_may_change_it_is_told_with_commands_that_a_shell_takes()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = directory.WriteFile("bento.json", """{ "areas": { "directory": "my areas" } }""");
        _ = directory.WriteFile("my areas/web/last_change_date", "x");
        _ = directory.WriteFile("my areas/ghost/logs/x", "x");
        _ = directory.WriteFile("my areas/photos/x", "x");
        File.SetUnixFileMode(directory["my areas/web"], (UnixFileMode)0b111_111_111);

        var run = await CliRun.RunAsync(directory.FullPath, "doctor");

        Assert.Contains($"    Run: chmod go-w '{directory["my areas/web"]}'\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"    Run: mv '{directory["my areas/photos"]}' '{directory["my areas"]}.photos'\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("bento host remove ghost", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stops_several_looks_is_told_once()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("bento.json", "{ }");

        var run = await CliRun.RunAsync(directory.FullPath, "doctor");

        Assert.Single(
            run.Out.Split('\n'), line => line.Contains("has neither a flake.nix nor a directory hosts/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_bento_json_the_step_to_a_key_is_one_that_can_be_taken()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("hosts/web/configuration.nix", "{ }");
        var bare = await CliRun.RunAsync(directory.FullPath, "doctor");
        _ = directory.WriteFile("config.sh", "REMOTE_PORT=22\n");

        var bash = await CliRun.RunAsync(directory.FullPath, "doctor");

        var init = await CliRun.RunAsync(directory.FullPath, "init");

        Assert.Contains("Make a key: bento init\n", bare.Out, StringComparison.Ordinal);
        Assert.Contains("Make a key: bento init\n", bash.Out, StringComparison.Ordinal);
        Assert.Equal(0, init.ExitCode);
        Assert.DoesNotContain("Make a key", (await CliRun.RunAsync(directory.FullPath, "doctor")).Out, StringComparison.Ordinal);
    }
}
