using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bento.Files;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class DurableFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_is_replaced_with_the_mode_asked_for_whatever_the_umask()
    {
        var path = _directory.WriteFile("a", "old");

        DurableFile.Write(path, "new"u8, Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_directory.FullPath));
    }

    [Fact]
    public async Task A_stream_is_copied_to_its_end()
    {
        var content = RandomNumberGenerator.GetBytes(1_000_003);

        await DurableFile.WriteAsync(_directory["a"], new MemoryStream(content), Private, Token);

        Assert.Equal(content, await File.ReadAllBytesAsync(_directory["a"], Token));
    }

    [Fact]
    public async Task A_stream_that_fails_leaves_the_old_file_and_no_temporary()
    {
        var path = _directory.WriteFile("a", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            DurableFile.WriteAsync(path, new MemoryStream(new byte[9]), Private, new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_directory.FullPath));
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var exception = Assert.Throws<SystemCallException>(() => DurableFile.Write(_directory["no/a"], "x"u8, Private));

        Assert.Equal(Errno.NoEntry, exception.Errno);
        Assert.Contains(_directory["no/a"], exception.Message);
    }

    [Fact]
    public void FP2_FR4_a_full_disk_is_told_apart_and_leaves_the_old_file_and_no_temporary()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk();
        File.WriteAllText(disk["a"], "old");

        var exception = Assert.Throws<SystemCallException>(() => DurableFile.Write(disk["a"], new byte[1_000_000], Private));

        Assert.True(exception.IsNoSpace, exception.Message);
        Assert.Contains(disk["a"], exception.Message);
        Assert.Equal("old", File.ReadAllText(disk["a"]));
        Assert.Equal([disk["a"]], Directory.GetFileSystemEntries(disk.FullPath));
    }

    [Fact]
    public void FD2_a_disk_without_free_inodes_is_full_too()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk("size=64k,nr_inodes=2");
        File.WriteAllText(disk["a"], "old");

        var exception = Assert.Throws<SystemCallException>(() => DurableFile.Write(disk["a"], "new"u8, Private));

        Assert.True(exception.IsNoSpace, exception.Message);
    }

    [Fact]
    public void FP10_FO7_a_read_only_disk_is_a_denial()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk("ro");

        var exception = Assert.Throws<SystemCallException>(() => DurableFile.Write(disk["a"], "new"u8, Private));

        Assert.True(exception.IsDenied, exception.Message);
    }

    [Theory]
    [InlineData("fsync:error=EIO:when=1", "old", "InputOutput")]
    [InlineData("fsync:error=ENOSPC:when=1", "old", "NoSpace")]
    [InlineData("fsync:error=EDQUOT:when=1", "old", "QuotaExceeded")]
    [InlineData("rename:error=EROFS:when=1", "old", "ReadOnly")]
    [InlineData("fsync:error=EIO:when=2", "new", "InputOutput")]
    public async Task FP3_a_failed_system_call_is_never_called_written(string injection, string expected, string errno)
    {
        var path = _directory.WriteFile("a", "old");

        var output = await Probe.RunInjectedAsync(injection, null, ["write", path, "new"], Token);

        Assert.StartsWith($"{errno}: ", output);
        Assert.Equal(expected, File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_directory.FullPath));
    }

    [Theory]
    [InlineData("pwrite64", 1, "old")]
    [InlineData("fchmod", 1, "old")]
    [InlineData("fsync", 1, "old")]
    [InlineData("rename", 1, "old")]
    [InlineData("fsync", 2, "new")]
    public async Task FP1_a_process_killed_at_any_call_leaves_the_old_file_or_the_new(string call, int occurrence, string expected)
    {
        var path = _directory.WriteFile("a", "old");

        var output = await Probe.RunInjectedAsync($"{call}:signal=KILL:when={occurrence}", null, ["write", path, "new"], Token);

        Assert.DoesNotContain("written", output);
        Assert.Equal(expected, File.ReadAllText(path));
        var leftovers = Directory.GetFileSystemEntries(_directory.FullPath).Where(entry => entry != path);
        Assert.All(leftovers, entry => Assert.True(DurableFile.IsTemporary(Path.GetFileName(entry))));
    }

    [Fact]
    public void Two_trees_are_swapped_in_one_step()
    {
        _directory.WriteFile("one/a", "1");
        _directory.WriteFile("two/a", "2");

        Assert.True(DurableFile.TryExchange(_directory["one"], _directory["two"]));

        Assert.Equal("2", File.ReadAllText(_directory["one/a"]));
        Assert.Equal("1", File.ReadAllText(_directory["two/a"]));
    }

    [Fact]
    public async Task A_tree_with_links_and_pipes_is_synced_without_touching_what_they_lead_to()
    {
        _directory.WriteFile("t/sub/a", "1");
        _directory.WriteFile("elsewhere", "1");
        File.CreateSymbolicLink(_directory["t/link"], _directory["elsewhere"]);
        Shell.Run("mkfifo", _directory["t/pipe"]);

        // A pipe that nobody writes to would hold up whoever opens it, so the deadline is a finding too.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var calls = await Probe.RunTracedAsync("openat,fsync,fdatasync", ["sync", _directory["t"]], deadline.Token);

        Assert.DoesNotContain(
            calls, call => call.Contains("/t/link", StringComparison.Ordinal) || call.Contains("/elsewhere", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains("/t/pipe", StringComparison.Ordinal));
        Assert.Equal([_directory["t/sub/a"], _directory["t/sub"], _directory["t"]], calls.Select(Synced).OfType<string>());
    }

    [Fact]
    public async Task FP3_a_failed_sync_of_a_directory_entry_names_the_path()
    {
        var path = _directory.WriteFile("a", "old");

        var output = await Probe.RunInjectedAsync("fsync:error=EIO:when=1", null, ["write", path, "new"], Token);

        Assert.Contains(path, output);
        Assert.Contains("Input/output error", output);
    }

    [Fact]
    public void Temporary_names_are_recognised()
    {
        Assert.True(DurableFile.IsTemporary(Path.GetFileName(DurableFile.TemporaryPath("/a/b"))));
        Assert.False(DurableFile.IsTemporary("release.json"));
    }

    /// <summary>The path of a line like <c>123 fsync(5&lt;/tmp/a&gt;) = 0</c>.</summary>
    private static string? Synced(string call) =>
        Regex.Match(call, @"sync\(\d+<(.+)>\) += 0") is { Success: true } match ? match.Groups[1].Value : null;
}
