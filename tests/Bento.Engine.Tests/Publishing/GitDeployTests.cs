using Bento.Agents.Attempts;
using Bento.Building;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>A fleet in a git work tree, with the real git and the real Nix.</summary>
[Trait("Uses", "Nix")]
public sealed class GitDeployTests : IDisposable
{
    private const int Timeout = 120_000;

    private readonly PrivateNixStore _store;
    private readonly DeployBench _bench;

    public GitDeployTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        Assert.SkipUnless(
            NixAccess.Current != NixAccess.PlainUser, "Bento runs as root here, and its private directories are closed to the plain user.");
        _store = new PrivateNixStore();
        _bench = new DeployBench(isNixReal: true, parts: builder => builder.ConfigureNix(_store.Configure));
    }

    public void Dispose()
    {
        _bench?.Dispose();
        _store?.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_configuration_that_asks_for_a_file_of_a_submodule_that_is_not_checked_out_is_told_how_to_get_it()
    {
        using var upstream = new TempDirectory();
        upstream.WriteFile("base.nix", "1");
        _ = GitRepository.Init(upstream.FullPath).Commit("upstream");
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().WithExpression("h1", "builtins.seq (import ./modules/base.nix) (mkSystem { host = \"h1\"; })")
            .WriteTo(_bench.Directory["hosts/lab"]);
        _ = git.Run("submodule", "--quiet", "add", upstream.FullPath, "hosts/lab/modules");
        _ = git.Commit("first");
        var whole = await _bench.DeployAsync();
        _ = git.Run("submodule", "--quiet", "deinit", "--force", "hosts/lab/modules");

        var failure = Assert.Single((await _bench.DeployAsync()).Hosts).Failure!.Message;

        Assert.True(whole.IsSuccess);
        Assert.Contains(
            "'modules' is missing. It is a submodule of git that is not checked out. Run: git submodule update --init "
                + _bench.Directory["hosts/lab/modules"],
            failure,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_configuration_that_asks_for_a_file_that_git_ignores_is_told_why_it_is_missing()
    {
        _ = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().WithExpression("h1", "builtins.seq (builtins.readFile ./password.txt) (mkSystem { host = \"h1\"; })")
            .WriteTo(_bench.Directory["hosts/lab"]);
        _bench.Directory.WriteFile("hosts/lab/password.txt", "secret");
        _bench.Directory.WriteFile(".gitignore", "password.txt\n");

        var failure = Assert.Single((await _bench.DeployAsync()).Hosts).Failure!.Message;

        Assert.Contains("'password.txt' is there, but git ignores it", failure, StringComparison.Ordinal);
        Assert.Null(_bench.Current("h1"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_git_ignores_reaches_neither_the_area_nor_the_store()
    {
        _ = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().With("h1").WriteTo(_bench.Directory["hosts/lab"]);
        _bench.Directory.WriteFile("hosts/lab/password.txt", "a secret of the operator");
        _bench.Directory.WriteFile(".gitignore", "password.txt\n");

        Assert.True((await _bench.DeployAsync()).IsSuccess);

        Assert.Equal(3, _bench.Current("h1")!.Content.FileCount);
        Assert.Empty(Shell.Try("grep", "-rl", "a secret of the operator", _store.StoreDirectory).Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flake_sees_its_commit_and_a_host_comes_to_the_same_system()
    {
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake()
            .WithExpression("h1", "mkSystem { host = \"h1\"; version = \"${self.shortRev}-${toString self.lastModified}\"; }")
            .WriteTo(_bench.Directory["hosts/lab"]);
        var commit = git.Commit("Close the firewall");
        _ = git.Run("tag", "v1");
        var time = git.Run("log", "-1", "--format=%ct");

        var report = await _bench.DeployAsync();

        Assert.True(report.IsSuccess, string.Join(' ', report.Hosts.Select(host => $"{host.Failure}")));
        var release = _bench.Current("h1")!;
        Assert.EndsWith($"-nixos-system-h1-{commit[..7]}-{time}", release.ExpectedSystem.ToString(), StringComparison.Ordinal);
        Assert.Equal($"{commit[..12]} (main, v1) Close the firewall", release.Provenance!.ToString());
        Assert.Equal(release.ExpectedSystem, await EvaluateOnHostAsync(release));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_dirty_tree_has_no_revision_and_is_published_again_when_the_same_files_are_committed()
    {
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake()
            .WithExpression("h1", "mkSystem { host = \"h1\"; version = \"${self.shortRev or \"dirty\"}-${toString self.lastModified}\"; }")
            .WriteTo(_bench.Directory["hosts/lab"]);
        _ = git.Commit("first");
        var time = git.Run("log", "-1", "--format=%ct");
        _bench.Directory.WriteFile("hosts/lab/new.nix", "{ }");

        Assert.True((await _bench.DeployAsync()).IsSuccess);
        var dirty = _bench.Current("h1")!;
        Assert.EndsWith($"h1-dirty-{time}", dirty.ExpectedSystem.ToString(), StringComparison.Ordinal);
        Assert.True(dirty.Provenance!.IsDirty);
        Assert.Equal(dirty.ExpectedSystem, await EvaluateOnHostAsync(dirty));

        var commit = git.Commit("second");
        Assert.Equal([DeployOutcome.Published], (await _bench.DeployAsync()).Hosts.Select(host => host.Outcome));
        Assert.Equal((commit, false), (_bench.Current("h1")!.Provenance!.Commit, _bench.Current("h1")!.Provenance!.IsDirty));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_that_changes_nothing_of_a_host_is_no_new_release()
    {
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().WithExpression("h1", "mkSystem { host = \"h1\"; version = self.shortRev; }").WriteTo(_bench.Directory["hosts/one"]);
        new TestFlake().With("h2").WriteTo(_bench.Directory["hosts/two"]);
        var first = git.Commit("first");
        Assert.True((await _bench.DeployAsync()).IsSuccess);
        new TestFlake().With("h2", new TestSystem { Version = "2" }).WriteTo(_bench.Directory["hosts/two"]);
        var second = git.Commit("second");

        // Also when nothing is remembered of the evaluation before.
        Directory.Delete(_bench.Directory[".bento/evaluations"], recursive: true);

        Assert.Equal(["h1 Unchanged 1", "h2 Published 2"], DeployBench.Lines(await _bench.DeployAsync()));
        Assert.Equal([first, second], new[] { "h1", "h2" }.Select(host => _bench.Current(host)!.Provenance!.Commit));
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_that_bento_keeps_is_ever_taken_by_git_add()
    {
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().With("h1").WriteTo(_bench.Directory["hosts/lab"]);

        Assert.True((await _bench.DeployAsync()).IsSuccess);
        _ = git.Commit("all");

        Assert.DoesNotContain(".bento", git.Run("ls-files"), StringComparison.Ordinal);
    }

    /// <summary>Another directory, and one that no URL can name.</summary>
    private async Task<StorePath> EvaluateOnHostAsync(Release release)
    {
        var directory = Path.Join(_store.CreateDirectory("the agent %41"), release.Id.ToString());
        var trees = new ContentStore(directory, new ContentUnpacker(1 << 30));
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await trees.FetchAsync(session.OpenArea(release.Host), release.Content, TestContext.Current.CancellationToken);
        var source = new ConfigurationSource
        {
            Directory = trees.Find(release.Content)!,
            Kind = release.Kind,
            Name = release.Host.ToString(),
            Provenance = release.Provenance,
        };
        var evaluation = await _bench.Get<ISystemBuilder>()
            .EvaluateAsync(source, [release.Attribute!], new EvaluationSettings(), null, TestContext.Current.CancellationToken);
        return Assert.Single(evaluation.Systems).Derivation!.System;
    }
}
