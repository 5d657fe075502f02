using System.Text.Json;
using Bento.Testing;

namespace Bento.Cli.Tests.Commands;

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
        Assert.Contains("warning areas: web: Nothing was published for this host yet.\n    Run: bento deploy --on web\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 problems, 1 warning.", run.Error, StringComparison.Ordinal);
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
        Assert.Equal(["settings", "settings"], json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("subject").GetString()));
    }
}
