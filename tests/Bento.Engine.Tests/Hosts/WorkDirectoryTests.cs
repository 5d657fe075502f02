using Bento.Hosts;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

public sealed class WorkDirectoryTests : IDisposable
{
    private readonly TempDirectory _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Nothing_of_it_is_left_when_it_is_over()
    {
        using (var work = WorkDirectory.Create(_parent.FullPath))
        {
            Directory.CreateDirectory(work.NewPath());
            File.WriteAllText(work.NewPath(), "x");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent.FullPath));
    }

    [Fact]
    public void What_a_killed_run_left_goes_with_the_next_one()
    {
        _parent.WriteFile("dead/1/source/file");
        _parent.WriteFile("dead.lock", "12345");
        _parent.WriteFile("gone.lock");

        using var work = WorkDirectory.Create(_parent.FullPath);

        Assert.False(Directory.Exists(_parent["dead"]));
        Assert.False(File.Exists(_parent["dead.lock"]));
        Assert.False(File.Exists(_parent["gone.lock"]));
    }

    [Fact]
    public void What_another_run_still_uses_stays()
    {
        using var other = WorkDirectory.Create(_parent.FullPath);
        var used = other.NewPath();
        File.WriteAllText(used, "x");

        using var work = WorkDirectory.Create(_parent.FullPath);

        Assert.True(File.Exists(used));
        Assert.NotEqual(Path.GetDirectoryName(used), Path.GetDirectoryName(work.NewPath()));
    }

    [Fact]
    public void Many_that_begin_at_once_do_not_take_each_other_for_dead()
    {
        var works = new WorkDirectory[64];
        Parallel.For(0, works.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            works[i] = WorkDirectory.Create(_parent.FullPath);
            File.WriteAllText(works[i].NewPath(), "x");
        });

        Assert.Equal(works.Length, works.Select(work => Path.GetDirectoryName(work.NewPath())).Where(Directory.Exists).Distinct().Count());
        Array.ForEach(works, work => work.Dispose());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent.FullPath));
    }

    [Fact]
    public void T12_it_is_closed_to_other_users()
    {
        using var work = WorkDirectory.Create(_parent["new"]);

        Assert.Equal(0b111_000_000, (int)File.GetUnixFileMode(_parent["new"]));
        Assert.Equal(0b111_000_000, (int)File.GetUnixFileMode(Path.GetDirectoryName(work.NewPath())!));
    }

    [Fact]
    public void Every_path_is_new()
    {
        using var work = WorkDirectory.Create(_parent.FullPath);

        Assert.Equal(100, Enumerable.Range(0, 100).AsParallel().Select(_ => work.NewPath()).Distinct().Count());
    }
}
