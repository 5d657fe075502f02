using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Init;

/// <summary><c>bento init</c> where somebody keeps a configuration already, with the real git and the real Nix.</summary>
public sealed class InitExistingTreeTests : IDisposable
{
    private const string Added = ".bento bento.json bento.schema.json";

    private readonly TempDirectory _directory = new();

    public InitExistingTreeTests() =>
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_flake_at_the_root_is_taken_as_it_is_and_its_hosts_are_named()
    {
        new TestFlake().With("web").With("db").WriteTo(_directory.FullPath);
        var git = GitRepository.Init(_directory.FullPath);
        _ = git.Commit("mine");

        var init = await CliRun.RunAsync(_directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.Contains(
            "Found 2 hosts in flake.nix: db, web. Nothing else was changed. Next: bento plan", init.Error, StringComparison.Ordinal);
        Assert.Equal("?? bento.json\n?? bento.schema.json", git.Run("status", "--porcelain"));
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory.FullPath, "status")).ExitCode);
        Assert.Contains("\"layout\": \"flake\"", Settings(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flake_that_describes_no_hosts_hides_none_below_hosts()
    {
        _directory.WriteFile("flake.nix", "{ outputs = { self }: { packages = { }; }; }");
        _directory.WriteFile("hosts/router/configuration.nix", "{ }");
        var before = Names();

        var init = await CliRun.RunAsync(_directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.Contains("Found 1 host in hosts/: router.", init.Error, StringComparison.Ordinal);
        Assert.Contains("\"layout\": \"hosts\"", Settings(), StringComparison.Ordinal);
        Assert.Equal(Added, string.Join(' ', Names().Except(before)));
        Assert.Contains("router", (await CliRun.RunAsync(_directory.FullPath, "host", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hosts_refer_to_beside_their_directories_is_shared_with_them()
    {
        _directory.WriteFile("hosts/router/configuration.nix", "{ imports = [ ../../modules/base.nix ../common.nix ]; }");
        _directory.WriteFile("hosts/common.nix", "{ }");
        _directory.WriteFile("modules/base.nix", "{ imports = [ ../lib/more.nix ./near.nix ]; }");
        _directory.WriteFile("modules/near.nix", "{ }");
        _directory.WriteFile("lib/more.nix", "{ }");

        var init = await CliRun.RunAsync(_directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.Contains("\"share\": [\"hosts/common.nix\", \"modules\", \"lib\"],", Settings(), StringComparison.Ordinal);
        Assert.Contains(
            "note: hosts refer to hosts/common.nix, modules, lib beside their own directories", init.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory.FullPath, "host", "list")).ExitCode);
    }

    [Fact]
    public async Task The_tree_of_another_tool_gets_what_bento_needs_and_keeps_the_rest()
    {
        _directory.WriteFile("hive.nix", "{ }");
        _directory.WriteFile("machines/web/default.nix", "{ }");

        var init = await CliRun.RunAsync(_directory.FullPath, "init");

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.Contains(
            "No host was found. Nothing else was changed. Next: describe one in hosts/NAME/", init.Error, StringComparison.Ordinal);
        Assert.Equal($"{Added} hive.nix machines", string.Join(' ', Names()));
    }

    [Fact]
    public async Task A_new_repository_gets_an_example()
    {
        _ = GitRepository.Init(_directory.FullPath);
        _directory.WriteFile("README.md");

        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory.FullPath, "init")).ExitCode);

        Assert.True(Directory.Exists(_directory["hosts/example"]));
    }

    [Fact]
    public async Task In_a_directory_of_bash_bento_a_package_flake_at_the_root_is_not_the_fleet()
    {
        _directory.WriteFile("flake.nix", "{ outputs = { self }: { packages = { }; }; }");
        _directory.WriteFile("config.sh", "CHROOT_DIR=/home/chroot\n");
        _directory.WriteFile("hosts/router/configuration.nix", "{ }");

        var before = await CliRun.RunAsync(_directory.FullPath, "host", "list");
        var init = await CliRun.RunAsync(_directory.FullPath, "init");
        var after = await CliRun.RunAsync(_directory.FullPath, "host", "list");

        Assert.Equal(ExitCodes.Success, init.ExitCode);
        Assert.All([before, after], list => Assert.Contains("router", list.Out, StringComparison.Ordinal));
        Assert.Contains("\"layout\": \"hosts\"", Settings(), StringComparison.Ordinal);
    }

    private string Settings() => File.ReadAllText(_directory["bento.json"]);

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_directory.FullPath)
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal)];
}
