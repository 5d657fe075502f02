using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

/// <summary>The file that ignore rules stand in.</summary>
public sealed class IgnoreFileTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(".bentoignore")]
    [InlineData("hosts/lab/.bentoignore")]
    public async Task T9_a_pipe_in_the_place_of_ignore_rules_is_a_problem_and_holds_nobody_up(string path)
    {
        using var bento = new TempDirectory();
        bento.WriteFile("hosts/lab/flake.nix", "{ }");
        Shell.Run("mkfifo", bento[path]);

        var scan = await Task.Run(
            () => TreeScanner.Scan(
                bento.FullPath,
                new ConfigurationDirectory("hosts/lab", bento["hosts/lab"], ConfigurationKind.Flake, DirectoryMarks.None),
                SecretsDirectory.FindAll(bento.FullPath, ConfigurationDirectories.Find(bento.FullPath, FleetLayout.Auto).Directories),
                WorkTreeFiles.None),
            TestContext.Current.CancellationToken);

        Assert.Contains(scan.Problems, problem => problem.Message.Contains("a pipe", StringComparison.Ordinal));
    }
}
