using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

public sealed class SnapshotTests : IDisposable
{
    private readonly TempDirectory _source = new();
    private readonly TempDirectory _work = new();

    public void Dispose()
    {
        _source.Dispose();
        _work.Dispose();
    }

    [Fact]
    public void Modes_and_times_are_the_same_whatever_they_were()
    {
        File.SetUnixFileMode(_source.WriteFile("sub/secret", "x"), UnixFileMode.UserRead);
        File.SetUnixFileMode(_source.WriteFile("sub/script", "x"), (UnixFileMode)0b111_111_111_111);
        File.SetUnixFileMode(_source["sub"], (UnixFileMode)0b111_000_000);

        var snapshot = Take();

        Assert.Equal(0b110_100_100, (int)File.GetUnixFileMode(Path.Join(snapshot.Directory, "sub/secret")));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(Path.Join(snapshot.Directory, "sub/script")));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(Path.Join(snapshot.Directory, "sub")));
        Assert.Equal(0b111_101_101, (int)File.GetUnixFileMode(snapshot.Directory));
        Assert.All(
            Directory.EnumerateFileSystemEntries(snapshot.Directory, "*", SearchOption.AllDirectories).Append(snapshot.Directory),
            path => Assert.Equal(DateTime.UnixEpoch.AddSeconds(1), File.GetLastWriteTimeUtc(path)));
    }

    [Fact]
    public void T12_nobody_else_can_look_into_it()
    {
        _source.WriteFile("file");

        var snapshot = Take();

        Assert.Equal(0b111_000_000, (int)File.GetUnixFileMode(Path.GetDirectoryName(snapshot.Directory)!));
    }

    [Fact]
    public void Links_become_what_they_lead_to()
    {
        _source.WriteFile("shared/a.nix", "text");
        Directory.CreateSymbolicLink(_source["linked"], "shared");

        var snapshot = Take();

        Assert.Null(new DirectoryInfo(Path.Join(snapshot.Directory, "linked")).LinkTarget);
        Assert.Equal("text", File.ReadAllText(Path.Join(snapshot.Directory, "linked/a.nix")));
        Assert.Equal(2, snapshot.FileCount);
    }

    [Fact]
    public void FP6_what_happens_to_the_source_afterwards_does_not_matter()
    {
        _source.WriteFile("file", "before");
        var snapshot = Take();

        _source.WriteFile("file", "after!");
        _source.WriteFile("new", "x");

        Assert.Equal("before", File.ReadAllText(Path.Join(snapshot.Directory, "file")));
        Assert.Equal(snapshot.TreeHash, NarHash.Compute(snapshot.Directory));
    }

    [Fact]
    public void Two_snapshots_of_one_tree_have_one_hash()
    {
        _source.WriteFile("sub/file", "x");
        var first = Take("1").TreeHash;
        File.SetLastWriteTimeUtc(_source["sub/file"], DateTime.UnixEpoch);

        Assert.Equal(first, Take("2").TreeHash);
    }

    [Fact]
    public void A_snapshot_that_is_given_up_leaves_nothing()
    {
        _source.WriteFile("file");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.Throws<OperationCanceledException>(() => Snapshot.Take(Scan().Entries, _work["1"], stopped.Token));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.FullPath));
    }

    [Fact]
    public void A_snapshot_of_what_is_gone_meanwhile_leaves_nothing()
    {
        _source.WriteFile("file");
        var entries = Scan().Entries;
        File.Delete(_source["file"]);

        Assert.ThrowsAny<IOException>(() => Snapshot.Take(entries, _work["1"], TestContext.Current.CancellationToken));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.FullPath));
    }

    private Snapshot Take(string name = "1") => Snapshot.Take(Scan().Entries, _work[name], TestContext.Current.CancellationToken);

    private TreeScan Scan() => TreeScanner.Scan(
        _source.FullPath,
        new ConfigurationDirectory(".", _source.FullPath, ConfigurationKind.Flake, DirectoryMarks.None),
        SecretsDirectory.FindAll(_source.FullPath, []), WorkTreeFiles.None);
}
