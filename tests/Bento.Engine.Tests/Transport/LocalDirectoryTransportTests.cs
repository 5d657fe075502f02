using Bento.TestBench;
using Bento.Testing;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Transport;

[Covers(typeof(LocalDirectoryTransport))]
public sealed class LocalDirectoryTransportTests : TransportContract
{
    private readonly TempDirectory _directory = new();

    protected override TransportLimits Limits => TransportLimits.AlwaysThere;

    private string AreaDirectory => _directory[$"areas/{Host}"];

    [Fact]
    public async Task Nobody_else_reads_what_belongs_to_the_current_user()
    {
        await WriteAsync("release.json", "{}");

        await Area.EnsureDirectoryAsync("config", Token);
        await WriteAsync("config/bootstrap.sh", "x");

        Assert.Equal(
            "0600 release.json,0700 .,0700 config,0600 config/bootstrap.sh,0700 content,0700 logs".Split(',').Order(),
            Modes(AreaDirectory).Order());
    }

    [Theory]
    [InlineData("mkfifo {0}")]
    [InlineData("ln /etc/hostname {0} 2>/dev/null || (touch {0}.x && ln {0}.x {0})")]
    [InlineData("mkdir {0}")]
    [InlineData("ln -s /dev/zero {0}")]
    public async Task What_is_no_plain_file_is_foreign_at_once(string command)
    {
        Shell.Run("sh", "-c", command.Replace("{0}", $"{AreaDirectory}/logs/a"));

        var exception = await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs/a", 10, Token));

        Assert.Equal(Host, exception.Host);
        Assert.Contains((await EntriesAsync("logs")), entry => entry is { Name: "a", IsPlainFile: false });
    }

    [Fact]
    public async Task A_directory_of_reports_that_is_a_link_is_foreign()
    {
        Directory.Delete($"{AreaDirectory}/logs");
        _directory.WriteFile("elsewhere/a", "secret");
        File.CreateSymbolicLink($"{AreaDirectory}/logs", _directory["elsewhere"]);

        await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs/a", 10, Token));
        await FailsAsync(TransportFailure.Foreign, () => WriteAsync("logs/b", "x"));
        await FailsAsync(TransportFailure.Foreign, () => NamesAsync("logs"));
        await FailsAsync(TransportFailure.Foreign, () => Area.DeleteAsync("logs/a", Token));
    }

    [Fact]
    public async Task A_file_of_this_machine_gets_another_name_and_takes_no_room()
    {
        await Area.EnsureDirectoryAsync("store", Token);
        var (file, other) = (_directory.WriteFile("cache/a", "content"), _directory.WriteFile("cache/b", "other"));
        var linking = Assert.IsAssignableFrom<ILinkingArea>(Area);
        await WriteAsync("store/a", "what was there before");

        await linking.LinkAsync(new Dictionary<string, string> { ["store/a"] = file, ["store/b"] = other }, Token);
        await linking.LinkAsync(new Dictionary<string, string> { ["store/a"] = file }, Token);

        Assert.Equal(("content", "other"), (await ReadAsync("store/a"), await ReadAsync("store/b")));
        Assert.Equal("2", Shell.Run("stat", "-c", "%h", file));
        Assert.All(await EntriesAsync("store"), entry => Assert.True(entry.IsPlainFile));
        Assert.Equal(7, (await Area.LookAsync("store/a", Token))!.Value.SizeBytes);
        Assert.True(await Area.DeleteAsync("store/a", Token));
        Assert.Equal("content", await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task A_file_of_another_file_system_is_copied()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk();
        var file = Path.Join(disk.FullPath, "a");
        await File.WriteAllTextAsync(file, "content", Token);
        await Area.EnsureDirectoryAsync("store", Token);

        await Assert.IsAssignableFrom<ILinkingArea>(Area).LinkAsync(
            new Dictionary<string, string> { ["store/a"] = file }, Token);

        Assert.Equal("content", await ReadAsync("store/a"));
        Assert.Equal("1", Shell.Run("stat", "-c", "%h", $"{AreaDirectory}/store/a"));
    }

    [Fact]
    public async Task FR4_a_full_disk_changes_nothing_and_leaves_no_temporary()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk();
        await using var session = await new LocalDirectoryTransport(
            Options.Create(new LocalDirectoryOptions { Directory = disk["areas"] })).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        await area.EnsureAsync(Token);

        var exception = await FailsAsync(
            TransportFailure.NoSpace, () => area.WriteAsync("release.json", new MemoryStream(new byte[100_000]), Token));

        Assert.Contains("release.json", exception.Message);
        Assert.Contains("bytes", exception.Message);
        Assert.True(exception.IsTransient);
        Assert.Equal(["content", "logs"], Directory.GetFileSystemEntries(disk[$"areas/{Host}"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_read_only_disk_is_denied_and_checking_says_so_before()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a tiny disk");
        using var disk = new TinyDisk();
        await using var session = await new LocalDirectoryTransport(
            Options.Create(new LocalDirectoryOptions { Directory = disk.FullPath })).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        await area.EnsureAsync(Token);
        Shell.Run("mount", "-o", "remount,ro", disk.FullPath);

        await FailsAsync(TransportFailure.Denied, () => area.WriteAsync("release.json", new MemoryStream([1]), Token));
        Assert.Equal(3, (await area.CheckAsync(Token)).Count);
    }

    protected override Task<ITransport> CreateAsync() =>
        Task.FromResult<ITransport>(
            new LocalDirectoryTransport(Options.Create(new LocalDirectoryOptions { Directory = _directory["areas"] })));

    protected override ValueTask CleanUpAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void PlaceLink(string path) => File.CreateSymbolicLink(Path.Combine(AreaDirectory, path), "/etc/passwd");

    private static IEnumerable<string> Modes(string directory) =>
        Shell.Run("find", directory, "-printf", "%#m %P\\n").Split('\n').Select(line => line.EndsWith(' ') ? line + "." : line);
}
