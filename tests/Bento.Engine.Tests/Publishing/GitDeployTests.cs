using Bento.Testing;
using Bento.Testing.Nix;

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
    public async Task A_configuration_that_asks_for_a_file_that_git_ignores_is_told_why_it_is_missing()
    {
        _ = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().WithExpression("h1", "builtins.seq (builtins.readFile ./password.txt) (mkSystem { host = \"h1\"; })")
            .WriteTo(_bench.Directory["hosts/lab"]);
        _bench.Directory.WriteFile("hosts/lab/password.txt", "secret");
        _bench.Directory.WriteFile(".gitignore", "password.txt\n");

        var failure = Assert.Single((await _bench.DeployAsync()).Hosts).Failure!;

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
    public async Task Nothing_that_bento_keeps_is_ever_taken_by_git_add()
    {
        var git = GitRepository.Init(_bench.Directory.FullPath);
        new TestFlake().With("h1").WriteTo(_bench.Directory["hosts/lab"]);

        Assert.True((await _bench.DeployAsync()).IsSuccess);
        _ = git.Commit("all");

        Assert.DoesNotContain(".bento", git.Run("ls-files"), StringComparison.Ordinal);
    }
}
