using Bento.Sftp;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Testing;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Sftp;

/// <summary>The whole contract over a real OpenSSH server.</summary>
[Covers(typeof(SftpTransport))]
public sealed class SftpPublisherTests : TransportContract
{
    private SshdServer? _server;

    private string AreaDirectory => Path.Combine(_server!.AreasDirectory, Host.ToString());

    [Fact]
    public async Task An_area_is_closed_to_other_users_from_its_first_file_on()
    {
        Assert.Equal("750", Shell.Run("stat", "--format=%a", AreaDirectory));

        Shell.Run("chmod", "0777", AreaDirectory);
        Assert.Contains("chmod go-w", Assert.Single(await Area.CheckAsync(Token)).NextStep.Text);
    }

    [Fact]
    public async Task Removing_a_tree_removes_links_and_never_what_they_lead_to()
    {
        using var outside = new TempDirectory();
        outside.WriteFile("precious", "x");
        outside.WriteFile("directory/precious", "x");
        Directory.CreateDirectory($"{AreaDirectory}/config/sub");
        File.CreateSymbolicLink($"{AreaDirectory}/config/sub/file", outside["precious"]);
        File.CreateSymbolicLink($"{AreaDirectory}/config/sub/directory", outside["directory"]);
        File.CreateSymbolicLink($"{AreaDirectory}/.0123456789abcdef.tmp", outside["precious"]);

        await Area.RemoveDirectoryAsync("config", Token);
        await Area.EnsureAsync(Token);

        Assert.Equal(["content", "logs"], await NamesAsync(string.Empty));
        Assert.True(File.Exists(outside["precious"]));
        Assert.True(File.Exists(outside["directory/precious"]));
    }

    [Fact]
    public async Task A_directory_of_reports_that_is_a_link_is_foreign()
    {
        using var elsewhere = new TempDirectory();
        elsewhere.WriteFile("a", "secret");
        Directory.Delete($"{AreaDirectory}/logs");
        File.CreateSymbolicLink($"{AreaDirectory}/logs", elsewhere.FullPath);

        await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs/a", 10, Token));
        await FailsAsync(TransportFailure.Foreign, () => WriteAsync("logs/b", "x"));
        await FailsAsync(TransportFailure.Foreign, () => NamesAsync("logs"));
        await FailsAsync(TransportFailure.Foreign, () => Area.DeleteAsync("logs/a", Token));
        Assert.Equal([elsewhere["a"]], Directory.GetFileSystemEntries(elsewhere.FullPath));
    }

    [Fact]
    public async Task A_pipe_is_foreign_and_nobody_waits_for_its_writer()
    {
        Shell.Run("mkfifo", $"{AreaDirectory}/logs/a");

        await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs/a", 10, Token));
    }

    [Fact]
    public async Task A_sparse_file_of_a_tebibyte_is_too_large_at_once()
    {
        await using (var file = File.Create($"{AreaDirectory}/logs/a"))
        {
            file.SetLength(1L << 40);
        }

        await FailsAsync(TransportFailure.TooLarge, () => Area.ReadAsync("logs/a", 64 * 1024, Token));
        await WriteAsync("logs/b", "the session still works");
    }

    [Fact]
    public async Task FR4_a_full_disk_changes_nothing_and_leaves_no_temporary()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        Shell.Run("mount", "-t", "tmpfs", "-o", "size=128k,mode=0755", "tmpfs", $"{AreaDirectory}/logs");
        try
        {
            await WriteAsync("logs/a", "old");

            var exception = await FailsAsync(
                TransportFailure.NoSpace, () => Area.WriteAsync("logs/a", new MemoryStream(new byte[1_000_000]), Token));

            Assert.True(exception.IsTransient);
            Assert.Contains("logs", exception.Message);
            Assert.Equal("old", await ReadAsync("logs/a"));
            Assert.Equal(["a"], await NamesAsync("logs"));
        }
        finally
        {
            Shell.Try("umount", "--lazy", $"{AreaDirectory}/logs");
        }
    }

    [Fact]
    public async Task A_lock_that_nobody_refreshed_for_ten_minutes_is_taken_over()
    {
        var path = Path.Combine(_server!.AreasDirectory, ".bento-lock");
        await File.WriteAllTextAsync(path, "the dead\nabc\n", Token);
        Shell.Run("touch", "--date=9 minutes ago", path);
        var exception = await Assert.ThrowsAsync<Bento.Publishing.PublishLockedException>(() => Session.LockAsync("me", Token));
        Assert.Equal("the dead", exception.Holder);

        Shell.Run("touch", "--date=11 minutes ago", path);
        await using (await Session.LockAsync("me", Token))
        {
            Assert.StartsWith("me\n", await File.ReadAllTextAsync(path, Token));
        }

        Assert.Empty(Directory.GetFiles(_server.AreasDirectory));
    }

    [Fact]
    public async Task A_lock_is_refreshed_while_it_is_held()
    {
        var time = new FakeTimeProvider();
        await using var session = await SftpTransports.Publisher(_server!, time: time).ConnectAsync(Token);
        await using var taken = await session.LockAsync("me", Token);
        var path = Path.Combine(_server!.AreasDirectory, ".bento-lock");
        Shell.Run("touch", "--date=9 minutes ago", path);
        var rewritten = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_server.AreasDirectory, ".bento-lock") { NotifyFilter = NotifyFilters.LastWrite };
        watcher.Changed += (_, _) => rewritten.TrySetResult();
        watcher.EnableRaisingEvents = true;

        time.Advance(TimeSpan.FromMinutes(1));

        await rewritten.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.InRange(File.GetLastWriteTimeUtc(path), DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
        Assert.StartsWith("me\n", await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task A_lock_that_another_publisher_took_over_is_left_alone()
    {
        var path = Path.Combine(_server!.AreasDirectory, ".bento-lock");
        await using (await Session.LockAsync("me", Token))
        {
            await File.WriteAllTextAsync(path, "another\nabc\n", Token);
        }

        Assert.StartsWith("another", await File.ReadAllTextAsync(path, Token));
    }

    protected override async Task<ITransport> CreateAsync()
    {
        _server = await SshdServer.StartAsync();
        return SftpTransports.Publisher(_server);
    }

    protected override Task<ITransport> CreateUnreachableAsync() => Task.FromResult<ITransport>(
        SftpTransports.Publisher(_server!, options => options.Port = 1));

    protected override ValueTask CleanUpAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void PlaceLink(string path) => File.CreateSymbolicLink(Path.Combine(AreaDirectory, path), "/etc/passwd");
}
