using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Init;

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
    public async Task Init_makes_a_private_key_that_signs_and_prints_what_hosts_must_trust()
    {
        using var directory = new TempDirectory();

        var init = await CliRun.RunAsync(directory.FullPath, "init");

        var key = (await File.ReadAllTextAsync(directory[".bento/signing-key.pub"], TestContext.Current.CancellationToken)).Trim();
        Assert.StartsWith("ssh-ed25519 ", key, StringComparison.Ordinal);
        Assert.Contains(key[..key.LastIndexOf(' ')], init.Error, StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(directory[".bento/signing-key"]));
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(directory[".bento"]));
        Assert.Contains(
            "[\".bento/signing-key\"]",
            await File.ReadAllTextAsync(directory["bento.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal("*\n", await File.ReadAllTextAsync(directory[".bento/.gitignore"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Init_takes_the_key_of_an_operator_and_makes_none()
    {
        using var directory = new TempDirectory();
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-C", "mine", "-f", directory["mine"]);

        var init = await CliRun.RunAsync(directory["fleet"], "init", "--signing-key", directory["mine"]);

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.False(File.Exists(directory["fleet/.bento/signing-key"]));
        Assert.Contains(
            $"[\"{directory["mine"]}\"]",
            await File.ReadAllTextAsync(directory["fleet/bento.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains(
            (await File.ReadAllTextAsync(directory["mine.pub"], TestContext.Current.CancellationToken)).Trim(),
            init.Error,
            StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(directory["fleet/.bento"]));
    }

    [Fact]
    public async Task Init_with_a_key_that_is_none_makes_nothing()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("mine", "no key");

        var init = await CliRun.RunAsync(directory["fleet"], "init", "--signing-key", directory["mine"]);

        Assert.Equal(ExitCodes.Machine, init.ExitCode);
        Assert.False(Directory.Exists(directory["fleet"]));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    public async Task Init_that_finds_no_room_leaves_nothing_that_is_in_the_way_of_the_next(int kilobytes)
    {
        Assert.SkipUnless(Shell.IsRoot, "needs root for a disk of its own");
        using var disk = new TinyDisk($"size={kilobytes}k");

        var full = await CliRun.RunAsync(disk["fleet"], "init");
        _ = Shell.Run("mount", "-o", "remount,size=1m", disk.FullPath);
        var roomy = await CliRun.RunAsync(disk["fleet"], "init");

        Assert.Equal((ExitCodes.Machine, ExitCodes.Success), (full.ExitCode, roomy.ExitCode));
    }

    [Fact]
    public async Task Init_never_takes_a_key_away()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile(".bento/signing-key", "mine");

        var run = await CliRun.RunAsync(directory.FullPath, "init");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(directory[".bento/signing-key"], TestContext.Current.CancellationToken));
        Assert.False(File.Exists(directory["bento.json"]));
    }

    [Fact]
    public async Task A_signed_fleet_that_lost_its_bento_json_is_not_deployed_under_another_name()
    {
        using var directory = new TempDirectory();
        _ = await CliRun.RunAsync(directory["fleet"], "init");
        File.Delete(directory["fleet/bento.json"]);

        var run = await CliRun.RunAsync(directory["fleet"], "deploy");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("bento.json: Missing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_in_a_bento_directory_says_so_and_changes_nothing()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory["bento.json"], "mine", TestContext.Current.CancellationToken);

        var run = await CliRun.RunAsync(directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("is a Bento directory already: it has a bento.json. Nothing was changed.", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(directory["bento.json"], TestContext.Current.CancellationToken));
        Assert.Equal(["bento.json"], Directory.EnumerateFileSystemEntries(directory.FullPath).Select(Path.GetFileName));
    }
}
