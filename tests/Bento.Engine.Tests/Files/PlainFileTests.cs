using Bento.Files;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

public sealed class PlainFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_plain_file_is_read()
    {
        _directory.WriteFile("logs/a", "text");

        Assert.Equal("text"u8, PlainFile.ReadAll(_directory["logs/a"], 4)!);
        using var file = PlainFile.OpenRead(_directory.FullPath, "logs/a");
        Assert.Equal("text"u8, PlainFile.ReadAll(file!, "a", 100));
    }

    [Fact]
    public void A_missing_file_or_directory_is_null()
    {
        Assert.Null(PlainFile.OpenRead(_directory["a"]));
        Assert.Null(PlainFile.OpenRead(_directory.FullPath, "logs/a"));
        Assert.Null(PlainFile.OpenRead(_directory["no"], "a"));
    }

    [Fact]
    public void A_file_longer_than_the_limit_is_refused()
    {
        _directory.WriteFile("a", "text");

        Assert.Throws<FileTooLongException>(() => PlainFile.ReadAll(_directory["a"], 3));
    }

    [Fact(Timeout = 5000)]
    public async Task A_sparse_file_of_a_tebibyte_is_refused_at_once_and_without_memory()
    {
        await using (var file = File.Create(_directory["a"]))
        {
            file.SetLength(1L << 40);
        }

        var allocated = await Task.Run(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Throws<FileTooLongException>(() => PlainFile.ReadAll(_directory["a"], 64 * 1024));
                return GC.GetAllocatedBytesForCurrentThread() - before;
            },
            TestContext.Current.CancellationToken);

        Assert.InRange(allocated, 0, 512 * 1024);
    }

    [Fact]
    public void A_symbolic_link_is_foreign() => AssertForeign(() => File.CreateSymbolicLink(_directory["logs/a"], "/etc/passwd"));

    [Fact]
    public void A_hard_link_is_foreign()
    {
        _directory.WriteFile("b");
        AssertForeign(() => Shell.Run("ln", _directory["b"], _directory["logs/a"]));
    }

    [Fact(Timeout = 5000)]
    public Task A_pipe_is_foreign_and_nobody_waits_for_its_writer() =>
        Task.Run(() => AssertForeign(() => Shell.Run("mkfifo", _directory["logs/a"])), TestContext.Current.CancellationToken);

    [Fact]
    public void A_directory_is_foreign() => AssertForeign(() => Directory.CreateDirectory(_directory["logs/a"]));

    [Fact]
    public void A_socket_is_foreign()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        AssertForeign(() => socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_directory["logs/a"])));
    }

    [Fact]
    public void A_directory_that_is_a_link_is_foreign_even_when_the_file_behind_it_is_plain()
    {
        _directory.WriteFile("elsewhere/a", "secret");
        File.CreateSymbolicLink(_directory["logs"], _directory["elsewhere"]);

        Assert.Throws<ForeignFileException>(() => PlainFile.OpenRead(_directory.FullPath, "logs/a"));
        Assert.Throws<ForeignFileException>(() => AnchoredDirectory.Open(_directory.FullPath, "logs"));
    }

    [Fact]
    public void A_listing_looks_at_each_entry_and_opens_none()
    {
        _directory.WriteFile("logs/a", "text");
        File.CreateSymbolicLink(_directory["logs/link"], "/dev/zero");
        Directory.CreateDirectory(_directory["logs/sub"]);

        using var logs = AnchoredDirectory.Open(_directory.FullPath, "logs")!;
        var entries = logs.Enumerate().OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();

        Assert.Equal(["a", "link", "sub"], entries.Select(entry => entry.Name));
        Assert.Equal([FileKind.File, FileKind.Link, FileKind.Directory], entries.Select(entry => entry.Status.Kind));
        Assert.Equal(4, entries[0].Status.SizeBytes);
        Assert.True(entries[0].Status.IsPlainFile);
    }

    [Fact]
    public void A_name_that_is_no_text_is_listed_and_does_no_harm()
    {
        Directory.CreateDirectory(_directory["logs"]);
        Shell.Run("sh", "-c", $"touch \"$(printf '{_directory["logs"]}/\\377\\033')\"");

        using var logs = AnchoredDirectory.Open(_directory.FullPath, "logs")!;

        Assert.Equal("\uFFFD\u001b", Assert.Single(logs.Enumerate()).Name);
    }

    private void AssertForeign(Action create)
    {
        Directory.CreateDirectory(_directory["logs"]);
        create();

        Assert.Throws<ForeignFileException>(() => PlainFile.OpenRead(_directory["logs/a"]));
        Assert.Throws<ForeignFileException>(() => PlainFile.OpenRead(_directory.FullPath, "logs/a"));
    }
}
