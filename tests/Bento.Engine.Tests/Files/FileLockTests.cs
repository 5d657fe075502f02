using Bento.Files;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

public sealed class FileLockTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Whoever_comes_second_reads_who_came_first()
    {
        using var first = FileLock.TryAcquire(_directory["lock"], "alice on admin1", out _);

        Assert.NotNull(first);
        Assert.Null(FileLock.TryAcquire(_directory["lock"], "bob", out var heldBy));
        Assert.Equal("alice on admin1", heldBy);
    }

    [Fact]
    public void A_released_lock_is_free()
    {
        FileLock.TryAcquire(_directory["lock"], "a longer line than the next", out _)!.Dispose();

        using var second = FileLock.TryAcquire(_directory["lock"], "bob", out _);

        Assert.NotNull(second);
        Assert.Null(FileLock.TryAcquire(_directory["lock"], "carol", out var heldBy));
        Assert.Equal("bob", heldBy);
    }

    [Fact]
    public void A_lock_that_must_exist_makes_no_file()
    {
        Assert.Null(FileLock.TryAcquireExisting(_directory["lock"]));
        Assert.False(File.Exists(_directory["lock"]));

        _directory.WriteFile("lock", "somebody");
        using var taken = FileLock.TryAcquireExisting(_directory["lock"]);

        Assert.NotNull(taken);
        Assert.Null(FileLock.TryAcquireExisting(_directory["lock"]));
    }

    [Fact]
    public void A_link_in_place_of_the_lock_is_not_followed()
    {
        File.CreateSymbolicLink(_directory["lock"], _directory["target"]);

        Assert.Throws<SystemCallException>(() => FileLock.TryAcquire(_directory["lock"], "alice", out _));
        Assert.False(File.Exists(_directory["target"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task FO5_a_killed_holder_frees_the_lock()
    {
        using var other = Probe.Start("lock", _directory["lock"], "the other process");
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Null(FileLock.TryAcquire(_directory["lock"], "me", out var heldBy));
        Assert.Equal("the other process", heldBy);

        other.Kill();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var mine = FileLock.TryAcquire(_directory["lock"], "me", out _);
        Assert.NotNull(mine);
    }
}
