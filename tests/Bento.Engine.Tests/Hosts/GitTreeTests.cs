using Bento.Hosts;
using Bento.Processes;
using Bento.Repositories;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Hosts;

/// <summary>What is shipped of a git work tree, by the real git.</summary>
public sealed class GitTreeTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public GitTreeTests() => _bento.WriteFile("hosts/lab/flake.nix", "{ }");

    public void Dispose() => _bento.Dispose();

    [Fact]
    public async Task What_git_ignores_stays_at_home()
    {
        _ = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile(".gitignore", "*.log\nnode_modules/\n.env\n");
        _bento.WriteFile("hosts/lab/.env", "PASSWORD=x");
        _bento.WriteFile("hosts/lab/node_modules/x/index.js");
        _bento.WriteFile("hosts/lab/modules/a.nix");
        _bento.WriteFile("hosts/lab/modules/a.log");

        Assert.Equal(["flake.nix", "modules/", "modules/a.nix"], await NamesAsync());
    }

    [Fact]
    public async Task Files_travel_as_they_are_now_whether_they_are_committed_or_not()
    {
        var git = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile("hosts/lab/kept.nix", "old");
        _bento.WriteFile("hosts/lab/removed.nix");
        _ = git.Commit("first");
        _bento.WriteFile("hosts/lab/kept.nix", "new");
        _bento.WriteFile("hosts/lab/new.nix");
        File.Delete(_bento["hosts/lab/removed.nix"]);

        var scan = await ScanAsync();

        Assert.Equal(["flake.nix", "kept.nix", "new.nix"], Names(scan));
        Assert.Equal("new", File.ReadAllText(scan.Entries.Single(entry => entry.Path == "kept.nix").FullPath));
    }

    [Fact]
    public async Task On_request_only_what_git_tracks_travels()
    {
        var git = GitRepository.Init(_bento.FullPath);
        _ = git.Commit("first");
        _bento.WriteFile("hosts/lab/new.nix");

        Assert.Equal(["flake.nix"], await NamesAsync(ShippedFiles.Tracked));
        Assert.Equal(["flake.nix", "new.nix"], await NamesAsync(ShippedFiles.Auto));
    }

    [Fact]
    public async Task On_request_git_is_not_asked()
    {
        _ = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile(".gitignore", "*.log\n");
        _bento.WriteFile("hosts/lab/a.log");

        Assert.Equal(["a.log", "flake.nix"], await NamesAsync(ShippedFiles.All));
    }

    [Fact]
    public async Task A_private_key_that_nobody_tracks_stays_at_home_with_git_and_without()
    {
        _bento.WriteFile("hosts/lab/id_ed25519");
        _bento.WriteFile("hosts/lab/id_ed25519.pub");
        _bento.WriteFile("hosts/lab/disk.qcow2");
        _bento.WriteFile("hosts/lab/.terraform/x");

        var without = await NamesAsync();
        _ = GitRepository.Init(_bento.FullPath);

        Assert.Equal(["flake.nix", "id_ed25519.pub"], without);
        Assert.Equal(["flake.nix", "id_ed25519.pub"], await NamesAsync());
    }

    [Fact]
    public async Task What_git_tracks_travels_whatever_its_name_and_bentoignore_has_the_last_word()
    {
        var git = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile("hosts/lab/public.key");
        _bento.WriteFile("hosts/lab/notes.txt");
        _ = git.Commit("first");
        _bento.WriteFile("hosts/lab/other.key");
        _bento.WriteFile("hosts/lab/.bentoignore", "notes.txt\n");

        Assert.Equal(["flake.nix", "public.key"], await NamesAsync());
        _bento.WriteFile("hosts/lab/.bentoignore", "!other.key\n");

        Assert.Equal(["flake.nix", "notes.txt", "other.key", "public.key"], await NamesAsync());
    }

    [Fact]
    public async Task A_link_ships_what_git_gives_of_the_directory_that_it_leads_to()
    {
        _ = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile(".gitignore", "private/\nprivate.nix\n");
        _bento.WriteFile("utils/base.nix");
        _bento.WriteFile("utils/private/key.nix");
        _bento.WriteFile("utils/private.nix");
        File.CreateSymbolicLink(_bento["hosts/lab/utils"], "../../utils");
        File.CreateSymbolicLink(_bento["hosts/lab/leak.nix"], "../../utils/private.nix");

        Assert.Equal(["flake.nix", "utils/", "utils/base.nix"], await NamesAsync());
    }

    [Fact]
    public async Task Submodules_are_asked_in_the_same_way()
    {
        using var upstream = new TempDirectory();
        upstream.WriteFile("module.nix");
        upstream.WriteFile(".gitignore", "*.log\n");
        _ = GitRepository.Init(upstream.FullPath).Commit("upstream");
        var git = GitRepository.Init(_bento.FullPath);
        _ = git.Run("submodule", "--quiet", "add", upstream.FullPath, "hosts/lab/deep/module");
        _ = git.Commit("first");
        _bento.WriteFile("hosts/lab/deep/module/new.nix");
        _bento.WriteFile("hosts/lab/deep/module/build.log");

        Assert.Equal(
            ["deep/", "deep/module/", "deep/module/.gitignore", "deep/module/module.nix", "deep/module/new.nix", "flake.nix"],
            await NamesAsync());
    }

    [Fact]
    public async Task A_bento_directory_may_lie_deep_in_a_repository_and_a_host_be_one_of_its_own()
    {
        using var top = new TempDirectory();
        _ = GitRepository.Init(top.FullPath);
        top.WriteFile(".gitignore", "*.log\n");
        top.WriteFile("infra/bento/hosts/lab/flake.nix");
        top.WriteFile("infra/bento/hosts/lab/a.log");
        top.WriteFile("infra/bento/hosts/own/flake.nix");
        top.WriteFile("infra/bento/hosts/own/b.tmp");
        top.WriteFile("infra/bento/hosts/own/.gitignore", "*.tmp\n");
        _ = GitRepository.Init(top["infra/bento/hosts/own"]);

        var reading = await ReadAsync(top["infra/bento"]);

        Assert.Empty(reading.Problems);
        Assert.Equal(["flake.nix"], Names(reading.Directories[0].Scan));
        Assert.Equal([".gitignore", "flake.nix"], Names(reading.Directories[1].Scan));
    }

    [Fact]
    public async Task A_repository_of_the_home_directory_that_ignores_everything_decides_nothing()
    {
        using var home = new TempDirectory();
        _ = GitRepository.Init(home.FullPath);
        home.WriteFile(".gitignore", "*\n");
        home.WriteFile("bento/hosts/lab/flake.nix");

        var reading = await ReadAsync(home["bento"]);

        Assert.Equal(["flake.nix"], Names(Assert.Single(reading.Directories).Scan));
    }

    [Fact]
    public async Task A_host_whose_description_git_ignores_is_a_problem_with_its_name()
    {
        _ = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile(".gitignore", "flake.nix\n");
        _bento.WriteFile("README");

        var reading = await ReadAsync(_bento.FullPath);

        Assert.Empty(reading.Directories);
        Assert.StartsWith(
            "hosts/lab/flake.nix: Git does not track it", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_program_that_a_repository_names_is_started()
    {
        var git = GitRepository.Init(_bento.FullPath);
        _ = git.Commit("first");
        var program = _bento.WriteFile("evil.sh", $"#!/bin/sh\ntouch '{_bento["started"]}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _ = git.Run("config", "core.fsmonitor", program);
        _ = git.Run("config", "core.hooksPath", _bento.FullPath);
        File.Copy(program, _bento["post-index-change"]);
        _ = Shell.Try("git", "-C", _bento.FullPath, "status");
        Assert.True(File.Exists(_bento["started"]), "the trap does not work");
        File.Delete(_bento["started"]);

        _ = await ScanAsync();

        Assert.False(File.Exists(_bento["started"]));
    }

    [Fact]
    public async Task A_directory_that_merely_looks_like_a_repository_configures_nothing()
    {
        // What a clone of a hostile repository could bring along: a bare repository with settings of its own.
        _ = GitRepository.Init(_bento.FullPath);
        var program = _bento.WriteFile("evil.sh", $"#!/bin/sh\ntouch '{_bento["started"]}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var bare = _bento["hosts/lab"];
        _ = Shell.Run("git", "init", "--quiet", "--bare", bare);
        _ = Shell.Run("git", "--git-dir", bare, "config", "core.bare", "false");
        _ = Shell.Run("git", "--git-dir", bare, "config", "core.worktree", bare);
        _ = Shell.Run("git", "--git-dir", bare, "config", "core.fsmonitor", program);

        var reading = await ReadAsync(_bento.FullPath);

        Assert.Empty(reading.Problems);
        Assert.False(File.Exists(_bento["started"]));
    }

    [Fact]
    public async Task A_broken_repository_is_told_and_nothing_is_shipped()
    {
        _bento.WriteFile(".git", "gitdir: /nowhere/at/all");

        var problem = Assert.Single((await Assert.ThrowsAsync<InvalidFleetException>(() => ReadAsync(_bento.FullPath))).Problems);

        Assert.Equal(".: Git does not say what belongs to this work tree: not a git repository: /nowhere/at/all", problem.ToString());
    }

    [Fact]
    public async Task A_tree_of_another_user_is_told_with_the_command_that_trusts_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a directory away.");
        _ = GitRepository.Init(_bento.FullPath);
        _ = Shell.Run("chown", "-R", "65534", _bento.FullPath);
        using var home = new TempDirectory();

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(() => ReadAsync(_bento.FullPath));

        Assert.Equal(
            ".: Git does not read this work tree, because it belongs to another user. Run this as its owner, or trust it: "
                + $"git config --global --add safe.directory '{_bento.FullPath}'",
            Assert.Single(exception.Problems).ToString());
    }

    [Fact]
    public async Task Without_git_a_work_tree_is_not_shipped()
    {
        _ = GitRepository.Init(_bento.FullPath);

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(() => ReadAsync(_bento.FullPath, runner: new NoPrograms()));

        Assert.Equal(
            ".: This is a git work tree, and there is no program 'git' to say what belongs to it. Install git.",
            Assert.Single(exception.Problems).ToString());
    }

    [Fact]
    public async Task Another_file_in_the_tree_is_another_fingerprint_and_one_that_git_ignores_is_not()
    {
        _ = GitRepository.Init(_bento.FullPath);
        _bento.WriteFile(".gitignore", "*.log\n");
        var before = (await ScanAsync()).Fingerprint;

        _bento.WriteFile("hosts/lab/a.log");
        Assert.Equal(before, (await ScanAsync()).Fingerprint);
        _bento.WriteFile("hosts/lab/a.nix");
        Assert.NotEqual(before, (await ScanAsync()).Fingerprint);
    }

    private static IEnumerable<string> Names(TreeScan scan) =>
        scan.Entries.Select(entry => entry.IsDirectory ? entry.Path + "/" : entry.Path);

    private async Task<IEnumerable<string>> NamesAsync(ShippedFiles files = ShippedFiles.Auto) => Names(await ScanAsync(files));

    private async Task<TreeScan> ScanAsync(ShippedFiles files = ShippedFiles.Auto)
    {
        var reading = await ReadAsync(_bento.FullPath, files);
        Assert.Empty(reading.Problems);
        return Assert.Single(reading.Directories).Scan;
    }

    private static Task<FleetReading> ReadAsync(
        string directory, ShippedFiles files = ShippedFiles.Auto, IProcessRunner? runner = null) =>
        new FleetReader(
            Options.Create(new BentoOptions { Directory = directory, Files = files }),
            new WorkTreeReader(new GitTool(runner ?? new CliWrapProcessRunner(TimeProvider.System))),
            TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);

    private sealed class NoPrograms : IProcessRunner
    {
        public Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken) =>
            throw new ProcessStartException(command.Program, isMissing: true);
    }
}
