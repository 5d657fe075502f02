using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests;

/// <summary>What bad input gets: a clear error with the file and the next step, and an exit code of its own.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Every_problem_of_bento_json_is_named_at_once_with_its_path()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", """
            {
              // comments are fine
              "fleet": "a b",
              "layout": "tree",
              "colour": "red",
              "areas": { "ownership": "nobody" },
              "server": { "host": "x", "port": 70000 },
              "hosts": { "1st": {}, "lab": { "tags": ["a b"], "rebootWindow": "25:00-1", "confirmSeconds": "5" } },
            }
            """);

        var run = await CliRun.RunAsync(directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Equal(
            [
                "$.areas.ownership",
                "$.colour",
                "$.fleet",
                "$.hosts.1st",
                "$.hosts.lab.confirmSeconds",
                "$.hosts.lab.rebootWindow",
                "$.hosts.lab.tags[0]",
                "$.layout",
                "$.server.directory",
                "$.server.hostKeys",
                "$.server.port",
                "$.server.privateKeyFile",
                "$.server.user",
            ],
            run.Error.Split('\n')
                .Where(line => line.Contains('$', StringComparison.Ordinal))
                .Select(line => line.Split(": ")[2])
                .Distinct()
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("plan")]
    [InlineData("build")]
    [InlineData("build", "dry-run")]
    [InlineData("refresh")]
    [InlineData("rollback", "web")]
    [InlineData("publish", "prepared")]
    [InlineData("flake-update")]
    [InlineData("status")]
    [InlineData("status", "--summary")]
    [InlineData("status", "--json")]
    [InlineData("diff")]
    [InlineData("history")]
    [InlineData("logs", "web")]
    [InlineData("doctor")]
    [InlineData("host", "list")]
    [InlineData("host", "remove", "web", "--yes")]
    [InlineData("trust", "show")]
    [InlineData("trust", "rotate")]
    [InlineData("server", "sshd-config")]
    public async Task Where_no_fleet_is_described_every_command_ends_with_the_same_error_and_leaves_the_directory_untouched(
        params string[] arguments)
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, arguments);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("No Bento directory here", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.FullPath));
    }

    [Fact]
    public async Task What_breaks_the_schema_and_what_breaks_a_rule_is_told_in_one_round_with_its_line()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", """
            {
              "fleet": "a b",
              "areas": { "directory": "areas" },
              "server": {
                "host": "x", "user": "u", "privateKeyFile": "k", "directory": "/srv",
                "hostKeys": ["no key"]
              },
              "signing": { "keys": ["key", "key"] },
              "hosts": {
                "web": { "healthChecks": [{ "unit": "a.service", "http": "http://x" }] },
                "db": { "tags": "lab", "publicKey": "none" }
              }
            }
            """);

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory.FullPath, ["BENTO_RELEASEDAYS"] = "soon" }, "deploy");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Equal(
            [
                "bento.json:2: $.fleet",
                    "bento.json:11: $.hosts.db.tags",
                    "$BENTO_RELEASEDAYS: Expected a number, found 'soon'.",
                    "bento.json:3: $.areas",
                    "bento.json:10: $.hosts.web.healthChecks[0]",
                    "bento.json:11: $.hosts.db.publicKey",
                    "bento.json:8: $.signing.keys",
                    "bento.json:6: $.server.hostKeys[0]",
                ],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(": ", line.Split(": ")[1..3])));
    }

    [Fact]
    public async Task A_rule_about_a_setting_that_could_not_be_read_is_not_told_as_well()
    {
        using var directory = new TempDirectory();
        directory.WriteFile(
            "bento.json",
            """{ "server": { "host": "x", "port": "y", "user": "u", "privateKeyFile": "k", "directory": "/srv", "hostKeys": [1, "no key"] }, "epoch": -1 }""");

        var run = await CliRun.RunAsync(directory.FullPath, "status");

        Assert.Equal(3, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("bento.json:1: $.server.port: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("bento.json:1: $.server.hostKeys[0]: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("bento.json:1: $.epoch: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_says_the_line_and_the_column_as_an_editor_counts_them()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", "{\n  \"fleet\": \"a\"\n  \"epoch\": 1\n}");

        var run = await CliRun.RunAsync(directory.FullPath, "status");

        Assert.Contains("bento: bento.json:3:3: Not valid JSON: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"fleet\": ", "Not valid JSON")]
    [InlineData("[]", "an object")]
    [InlineData("{ \"fleet\": \"a\", \"fleet\": \"b\" }", "appears twice")]
    public async Task A_bento_json_that_is_none_says_so(string text, string word)
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", text);

        var run = await CliRun.RunAsync(directory.FullPath, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("bento.json", run.Error, StringComparison.Ordinal);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_hosts_says_what_to_do()
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("bento init", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Nix_the_error_says_what_to_install()
    {
        using var directory = new TempDirectory();
        _ = new TestFlake().With("web").WriteTo(directory["hosts/lab"]);
        directory.WriteFile("bento.json", $$"""{ "nix": { "programDirectory": "{{directory.FullPath}}" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "build");

        Assert.Equal(ExitCodes.Nix, run.ExitCode);
        Assert.Contains("nix-bin", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Areas_that_cannot_be_used_are_named()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");
        directory.WriteFile("file", "no directory");
        directory.WriteFile("bento.json", """{ "areas": { "directory": "file/areas" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Transport, run.ExitCode);
        Assert.Contains(directory["file"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_signing_key_is_named_before_anything_is_evaluated()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");
        directory.WriteFile("bento.json", """{ "signing": { "keys": ["no-key"] }, "nix": { "programDirectory": "/nowhere" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Machine, run.ExitCode);
        Assert.Contains(directory["no-key"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_ssh_keygen_is_named_before_anything_is_evaluated()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", directory["key"]);
        directory.WriteFile("bento.json", """{ "signing": { "keys": ["key"] }, "nix": { "programDirectory": "/nowhere" } }""");

        var run = await CliProcess.RunAsync(
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory.FullPath, ["PATH"] = "/nowhere" }, "deploy");

        Assert.Equal(ExitCodes.Machine, run.ExitCode);
        Assert.Contains(directory["key"], run.Error, StringComparison.Ordinal);
        Assert.Contains("Install the OpenSSH client", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signing_key_that_others_can_read_is_named_before_anything_is_evaluated()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", directory["key"]);
        File.SetUnixFileMode(directory["key"], (UnixFileMode)0b110_100_100);
        directory.WriteFile("bento.json", """{ "signing": { "keys": ["key"] }, "nix": { "programDirectory": "/nowhere" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Machine, run.ExitCode);
        Assert.Contains($"Run: chmod 600 {directory["key"]}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", ExitCodes.Transport, "Be the user")]
    [InlineData("deploy", ExitCodes.Machine, "Run this as the user")]
    [InlineData("trust show", ExitCodes.Machine, "cannot be read")]
    [InlineData("doctor", ExitCodes.HostFailed, "Be the user")]
    public async Task Whoever_may_not_is_told_who_may(string command, int code, string words)
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can be somebody else");
        using var directory = new TempDirectory();
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(directory["fleet"], "init")).ExitCode);
        File.SetUnixFileMode(directory.FullPath, (UnixFileMode)0b111_101_101);
        var program = directory["program"];
        _ = Shell.Run("cp", "-r", AppContext.BaseDirectory, program);
        _ = Shell.Run("chmod", "-R", "a+rX", program);

        var run = await CliProcess.RunAsync(
            "setpriv",
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", Path.Join(program, "bento"), .. command.Split(' ')],
            new Dictionary<string, string?> { ["BENTO_DIR"] = directory["fleet"], ["HOME"] = "/nonexistent" });

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(words, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Bento.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bento_json_that_is_a_directory_is_named()
    {
        using var directory = new TempDirectory();
        _ = Directory.CreateDirectory(directory["bento.json"]);

        var run = await CliRun.RunAsync(directory.FullPath, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("Cannot be read: it is a directory.", run.Error, StringComparison.Ordinal);
    }
}
