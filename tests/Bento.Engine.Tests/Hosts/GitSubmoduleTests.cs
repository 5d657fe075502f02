using Bento.Hosts;
using Bento.Processes;
using Bento.Repositories;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Hosts;

/// <summary>Hosts in repositories of their own, by the real git.</summary>
public sealed class GitSubmoduleTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public GitSubmoduleTests() => _bento.WriteFile("hosts/lab/flake.nix", "{ }");

    public void Dispose() => _bento.Dispose();

    [Fact]
    public async Task A_host_that_is_a_submodule_and_not_checked_out_is_a_problem_that_says_what_to_do()
    {
        using var upstream = new TempDirectory();
        upstream.WriteFile("flake.nix");
        _ = GitRepository.Init(upstream.FullPath).Commit("upstream");
        var git = GitRepository.Init(_bento.FullPath);
        _ = git.Run("submodule", "--quiet", "add", upstream.FullPath, "hosts/web");
        _ = git.Commit("first");
        _ = git.Run("submodule", "--quiet", "deinit", "--force", "hosts/web");

        var reading = await new FleetReader(
            Options.Create(new BentoOptions { Directory = _bento.FullPath }),
            new WorkTreeReader(new GitTool(new CliWrapProcessRunner(TimeProvider.System))),
            TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "hosts/web: It is a submodule of git that is not checked out. Run: "
                    + $"git submodule update --init {_bento["hosts/web"]}",
            ],
            reading.Problems.Select(problem => $"{problem}"));
        Assert.Empty(reading.Remarks);
    }
}
