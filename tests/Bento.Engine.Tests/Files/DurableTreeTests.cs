using Bento.Files;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

public sealed class DurableTreeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public DurableTreeTests()
    {
        _directory.WriteFile("area/config/a", "old");
        _directory.WriteFile("area/config/old", "old");
        _directory.WriteFile("source/a", "new");
        _directory.WriteFile("source/sub/b", "new");
        File.CreateSymbolicLink(_directory["source/link"], "a");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Command => ["replace", _directory["source"], _directory["area/config"]];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_system_that_cannot_swap_gets_two_renames()
    {
        Assert.Equal("replaced", await Probe.RunInjectedAsync("renameat2:error=EINVAL", null, Command, Token));

        AssertNew();
        Assert.Equal([_directory["area/config"]], Directory.GetFileSystemEntries(_directory["area"]));
    }

    [Theory]
    [InlineData("mkdir", 1, false)]
    [InlineData("mkdir", 2, false)]
    [InlineData("symlink", 1, false)]
    [InlineData("fchmod", 1, false)]
    [InlineData("fsync", 1, false)]
    [InlineData("fsync", 3, false)]
    [InlineData("renameat2", 1, false)]
    [InlineData("fsync", 5, true)]
    [InlineData("rmdir", 1, true)]
    public async Task FP1_FD3_a_process_killed_at_any_call_leaves_the_old_tree_or_the_new_whole(string call, int occurrence, bool isNew)
    {
        var output = await Probe.RunInjectedAsync($"{call}:signal=KILL:when={occurrence}", null, Command, Token);

        Assert.DoesNotContain("replaced", output);
        if (isNew)
        {
            AssertNew();
        }
        else
        {
            AssertOld();
        }

        DurableTree.RemoveTemporaries(_directory["area"]);
        Assert.Equal([_directory["area/config"]], Directory.GetFileSystemEntries(_directory["area"]));
    }

    [Theory]
    [InlineData("fsync:error=EIO:when=2", "InputOutput")]
    [InlineData("mkdir:error=ENOSPC:when=2", "NoSpace")]
    [InlineData("symlink:error=EDQUOT:when=1", "QuotaExceeded")]
    [InlineData("renameat2:error=EROFS:when=1", "ReadOnly")]
    public async Task FP3_a_failed_system_call_leaves_the_old_tree_and_nothing_else(string injection, string errno)
    {
        var output = await Probe.RunInjectedAsync(injection, null, Command, Token);

        Assert.StartsWith($"{errno}: ", output);
        AssertOld();
        Assert.Equal([_directory["area/config"]], Directory.GetFileSystemEntries(_directory["area"]));
    }

    [Fact]
    public void A_source_with_a_pipe_is_refused_and_the_old_tree_stays()
    {
        Shell.Run("mkfifo", _directory["source/pipe"]);

        Assert.Throws<ForeignFileException>(() =>
            DurableTree.Replace(
                _directory["source"],
                _directory["area/config"],
                new TreeAttributes(UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, null),
                Token));

        AssertOld();
    }

    private void AssertOld()
    {
        Assert.Equal("old", File.ReadAllText(_directory["area/config/a"]));
        Assert.Equal(["a", "old"], Directory.GetFileSystemEntries(_directory["area/config"]).Select(Path.GetFileName).Order());
    }

    private void AssertNew()
    {
        Assert.Equal("new", File.ReadAllText(_directory["area/config/a"]));
        Assert.Equal("new", File.ReadAllText(_directory["area/config/sub/b"]));
        Assert.Equal("a", new FileInfo(_directory["area/config/link"]).LinkTarget);
        Assert.Equal(["a", "link", "sub"], Directory.GetFileSystemEntries(_directory["area/config"]).Select(Path.GetFileName).Order());
    }
}
