using Bento.Testing;

namespace Bento.Cli.Tests.Commands;

public sealed class InitCommandTests
{
    [Fact]
    public async Task Init_makes_a_directory_that_status_accepts()
    {
        using var directory = new TempDirectory();
        var fleet = directory["fleet"];

        var init = await CliRun.RunAsync(fleet, "init");
        var status = await CliRun.RunAsync(fleet, "status");

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (init.ExitCode, status.ExitCode));
        Assert.True(File.Exists(Path.Join(fleet, "hosts", "example", "utils", "bento.nix")));
    }

    [Fact]
    public async Task Init_overwrites_nothing_and_names_what_is_there()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["bento.json"], "mine", TestContext.Current.CancellationToken);

        var run = await CliRun.RunAsync(directory.FullPath, "init");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("bento.json", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(directory["bento.json"], TestContext.Current.CancellationToken));
        Assert.Equal(["bento.json"], Directory.EnumerateFileSystemEntries(directory.FullPath).Select(Path.GetFileName));
    }
}
