using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Composition;

/// <summary>A directory of bash bento: a config.sh, hosts/ and no bento.json.</summary>
public sealed class ConfigShTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ConfigShTests() => _directory.WriteFile("hosts/web/configuration.nix", "{ }");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_directory_of_bash_bento_works_without_a_bento_json()
    {
        _directory.WriteFile("config.sh", $"CHROOT_DIR={_directory["file"]}\nREMOTE_IP=sftp.example.org\n");
        _directory.WriteFile("file");

        var run = await CliRun.RunAsync(_directory.FullPath, "deploy");

        Assert.Equal(ExitCodes.Transport, run.ExitCode);
        Assert.Contains(_directory["file"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_it_is_ever_run()
    {
        _directory.WriteFile("config.sh", $"touch {_directory["ran"]}\nOTHER=\"$(touch {_directory["ran"]})\"\nTIMEOUT=5\n");

        var run = await CliRun.RunAsync(_directory.FullPath, "status");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.False(File.Exists(_directory["ran"]));
        Assert.Contains("config.sh line 1: Ignored", run.Error, StringComparison.Ordinal);
        Assert.Contains("config.sh line 2: OTHER is ignored", run.Error, StringComparison.Ordinal);
        Assert.Contains("config.sh line 3: TIMEOUT is ignored", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_matters_and_cannot_be_read_is_an_error_with_its_line()
    {
        _directory.WriteFile("config.sh", "CHROOT_DIR=$HOME/areas\nREMOTE_IP=`hostname`\nREMOTE_PORT=ssh\n");

        var run = await CliRun.RunAsync(_directory.FullPath, "status");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("config.sh line 1: The value of CHROOT_DIR needs a shell", run.Error, StringComparison.Ordinal);
        Assert.Contains("config.sh line 2: The value of REMOTE_IP needs a shell", run.Error, StringComparison.Ordinal);
        Assert.Contains("config.sh line 3: 'ssh' is not a port", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task An_empty_place_for_the_areas_is_an_error_and_not_the_Bento_directory(string value)
    {
        _directory.WriteFile("config.sh", $"REMOTE_PORT=22\nCHROOT_DIR={value}\n");

        var run = await CliRun.RunAsync(_directory.FullPath, "host", "remove", "hosts", "--yes");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("config.sh line 2: CHROOT_DIR is empty", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory["hosts/web/configuration.nix"]));
    }

    [Fact]
    public async Task Init_beside_it_writes_a_bento_json_that_says_the_same_and_touches_nothing_else()
    {
        _directory.WriteFile("config.sh", "CHROOT_DIR=/home/chroot\nREMOTE_IP=2001:db8::1\nREMOTE_PORT=2022\nTIMEOUT=5\n");
        _directory.WriteFile("utils/bento.nix", "mine");
        _directory.WriteFile("fleet.nix", "mine");

        var run = await CliRun.RunAsync(_directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("config.sh line 4: TIMEOUT is ignored", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(
            await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        Assert.Equal("/home/chroot", json.RootElement.GetProperty("areas").GetProperty("directory").GetString());
        Assert.Equal("system-users", json.RootElement.GetProperty("areas").GetProperty("ownership").GetString());
        Assert.Equal("2001:db8::1", json.RootElement.GetProperty("bootstrap").GetProperty("host").GetString());
        Assert.Equal(2022, json.RootElement.GetProperty("bootstrap").GetProperty("port").GetInt32());
        Assert.True(File.Exists(_directory[".bento/signing-key"]));
        Assert.Equal(
            [".bento", "bento.json", "bento.schema.json", "config.sh", "fleet.nix", "hosts", "utils"],
            Directory.EnumerateFileSystemEntries(_directory.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("mine", await File.ReadAllTextAsync(_directory["utils/bento.nix"], TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory.FullPath, "init")).ExitCode);
    }

    [Fact]
    public async Task A_bento_json_beside_it_is_all_that_counts()
    {
        _directory.WriteFile("config.sh", "CHROOT_DIR=$HOME\nreboot\n");
        _directory.WriteFile("bento.json", "{ }");

        var run = await CliRun.RunAsync(_directory.FullPath, "status");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.DoesNotContain("config.sh", run.Error, StringComparison.Ordinal);
    }
}
