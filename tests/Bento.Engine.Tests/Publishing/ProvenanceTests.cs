using Bento.Hosts;
using Bento.Publishing;
using Bento.TestBench;

namespace Bento.Engine.Tests.Publishing;

/// <summary>What releases say about where they come from, by the real git and without Nix.</summary>
public sealed class ProvenanceTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly GitRepository _git;

    public ProvenanceTests()
    {
        _git = GitRepository.Init(_directory.FullPath);
        _directory.WriteFile("hosts/lab/flake.nix", "h1");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_plan_says_what_would_be_published_and_the_status_and_the_history_what_was()
    {
        using var bench = new DeployBench(directory: _directory);
        var commit = _git.Commit("Subject\n\nBody");
        _ = _git.Run("switch", "--quiet", "--create", "topic");

        var plan = await bench.Get<IDeployer>()
            .PlanAsync(new PlanRequest { Hosts = HostSelector.All }, null, TestContext.Current.CancellationToken);
        await bench.DeployAsync();

        var expected = $"{commit[..12]} (topic) Subject";
        Assert.Equal(expected, Assert.Single(plan.Hosts).Provenance!.ToString());
        var statuses = await bench.Status.ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(statuses).Provenance!.ToString());
        var record = await bench.Store.ReadAsync(HostName.Parse("h1"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(record.Releases).Release.Provenance!.ToString());
    }

    [Theory]
    [InlineData("hosts/lab/new.nix")]
    [InlineData("hosts/lab/flake.nix")]
    [InlineData("utils/linked.nix")]
    public async Task Whatever_is_shipped_and_not_committed_makes_a_release_dirty(string file)
    {
        using var bench = new DeployBench(directory: _directory);
        _directory.WriteFile("utils/linked.nix", "{ }");
        File.CreateSymbolicLink(_directory["hosts/lab/utils"], "../../utils");
        _ = _git.Commit("first");
        _directory.WriteFile(file, "h1\n");

        await bench.DeployAsync();

        Assert.True(bench.Current("h1")!.Provenance!.IsDirty);
    }

    [Fact]
    public async Task What_is_gone_makes_a_release_dirty_and_what_is_not_shipped_does_not()
    {
        using var bench = new DeployBench(directory: _directory);
        _directory.WriteFile("hosts/lab/a.nix");
        _directory.WriteFile("README");
        _ = _git.Commit("first");
        _directory.WriteFile("README", "changed");
        await bench.DeployAsync();
        Assert.False(bench.Current("h1")!.Provenance!.IsDirty);

        File.Delete(_directory["hosts/lab/a.nix"]);
        await bench.DeployAsync();

        Assert.True(bench.Current("h1")!.Provenance!.IsDirty);
    }

    [Fact]
    public async Task A_tree_that_is_not_committed_is_refused_on_request()
    {
        using var bench = new DeployBench(options => options.RequireClean = true, directory: _directory);
        Assert.Equal(
            "hosts/lab: Nothing is committed yet, and only what is committed is published (requireClean). Commit it.",
            Assert.Single((await bench.DeployAsync()).Problems).ToString());
        _ = _git.Commit("first");
        Assert.Equal(["h1 Published 1"], DeployBench.Lines(await bench.DeployAsync()));

        _directory.WriteFile("hosts/lab/flake.nix", "h1\n");

        var report = await bench.DeployAsync();
        Assert.Empty(report.Hosts);
        Assert.Equal(
            "hosts/lab: 'flake.nix' is not as it is committed, and only what is committed is published (requireClean). Commit it.",
            Assert.Single(report.Problems).ToString());
    }

    [Fact]
    public async Task What_a_repository_says_is_one_short_line_without_control_characters()
    {
        using var bench = new DeployBench(directory: _directory);
        _ = _git.Commit($"\u001b[31mred\u001b[0m\u202e {new string('x', 300)}");

        await bench.DeployAsync();

        var subject = bench.Current("h1")!.Provenance!.Subject;
        Assert.StartsWith("red xxx", subject, StringComparison.Ordinal);
        Assert.Equal(201, subject.Length);
    }

    [Fact]
    public async Task No_filter_that_a_repository_defines_is_run()
    {
        using var bench = new DeployBench(directory: _directory);
        _directory.WriteFile(".gitattributes", "*.nix filter=a=b.c\n*.txt filter=evil\n");
        _directory.WriteFile("hosts/lab/notes.txt", "x");
        _ = _git.Commit("first");
        foreach (var filter in new[] { "a=b.c", "evil" })
        {
            _directory.WriteFile("filters", $"[filter \"{filter}\"]\n  clean = touch '{_directory["started"]}'; cat\n  required = true\n");
            _ = Shell.Run("sh", "-c", $"cat '{_directory["filters"]}' >> '{_directory[".git/config"]}'");
        }

        // Same size, another time: git must look into them.
        _directory.WriteFile("hosts/lab/notes.txt", "y");
        _directory.WriteFile("hosts/lab/flake.nix", "h2");
        _ = _git.Run("status", "--short");
        Assert.True(File.Exists(_directory["started"]), "the trap does not work");
        File.Delete(_directory["started"]);

        await bench.DeployAsync();

        Assert.False(File.Exists(_directory["started"]));
        Assert.True(bench.Current("h2")!.Provenance!.IsDirty);
    }

    [Fact]
    public async Task Without_a_commit_or_without_git_a_release_says_nothing()
    {
        using var bench = new DeployBench(directory: _directory);

        await bench.DeployAsync();

        Assert.Null(bench.Current("h1")!.Provenance);
    }
}
