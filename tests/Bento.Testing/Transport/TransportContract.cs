using Bento.Hosts;
using Bento.Publishing;
using Bento.Transport;

namespace Bento.Testing.Transport;

/// <summary>What every transport does for a publisher, beside <see cref="AreaContract"/>. Derive, and give a transport to an empty server.</summary>
public abstract class TransportContract : AreaContract
{
    private static readonly HostName Other = HostName.Parse("lab2");

    /// <summary>Whether a link inside a directory arrives as a link; else as a copy of the file that it leads to.</summary>
    protected virtual bool KeepsLinks => true;

    [Fact(Timeout = 30_000)]
    public async Task A_new_area_has_a_place_for_archives_and_one_for_reports()
    {
        await Area.EnsureAsync(Token);

        Assert.Equal(["content", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task Preparing_an_area_again_keeps_what_is_in_it()
    {
        await WriteAsync("release.json", "{}");
        await WriteAsync("content/a", "a");

        await Area.EnsureAsync(Token);

        Assert.Equal("{}", await ReadAsync("release.json"));
        Assert.Equal("a", await ReadAsync("content/a"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Preparing_an_area_removes_what_a_killed_publisher_left()
    {
        await WriteAsync(".0123456789abcdef.tmp", "half");
        await WriteAsync("content/.0123456789abcdef.tmp", "half");
        await WriteAsync("logs/.0123456789abcdef.tmp", "the host is at it");

        await Area.EnsureAsync(Token);

        Assert.Equal(["content", "logs"], await NamesAsync(string.Empty));
        Assert.Empty(await NamesAsync("content"));
        Assert.Single(await NamesAsync("logs"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_wrong_with_a_new_area_nor_with_none()
    {
        Assert.Empty(await Area.CheckAsync(Token));
        Assert.Empty(await Session.OpenArea(Other).CheckAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Areas_are_listed_in_order_and_nothing_else_is()
    {
        await Session.OpenArea(Other).EnsureAsync(Token);
        await Session.OpenArea(HostName.Parse("Zoo")).EnsureAsync(Token);
        await using var taken = await Session.LockAsync("me", Token);

        Assert.Equal(["Zoo", "lab", "lab2"], (await Session.ListAreasAsync(Token)).Select(host => host.ToString()));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_area_that_nobody_made_is_empty_and_takes_no_file()
    {
        var area = Session.OpenArea(Other);

        Assert.Null(await area.ReadAsync("release.json", 10, Token));
        Assert.Empty(await area.ListAsync(string.Empty, Token).ToListAsync(Token));
        await Assert.ThrowsAsync<TransportException>(() => area.WriteAsync("release.json", new MemoryStream([1]), Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_host_sees_its_own_area_only()
    {
        await Session.OpenArea(Other).EnsureAsync(Token);
        await WriteAsync("release.json", "for lab");

        Assert.Null(await Session.OpenArea(Other).ReadAsync("release.json", 10, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_is_put_in_place_whole()
    {
        using var source = new TempDirectory();
        source.WriteFile("flake.nix", "{ }");
        source.WriteFile("modules/a b/c.nix", "c");
        Directory.CreateDirectory(source["empty"]);
        File.CreateSymbolicLink(source["link"], "flake.nix");

        await Area.ReplaceDirectoryAsync("config", source.FullPath, Token);

        Assert.Equal("{ }", await ReadAsync("config/flake.nix"));
        Assert.Equal("c", await ReadAsync("config/modules/a b/c.nix"));
        Assert.Equal(
            [("empty", false), ("flake.nix", true), ("link", !KeepsLinks), ("modules", false)],
            (await EntriesAsync("config")).Select(entry => (entry.Name, entry.IsPlainFile)));
        Assert.Equal(["config", "content", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_takes_the_place_of_another_and_nothing_of_the_old_stays()
    {
        using var source = new TempDirectory();
        source.WriteFile("old/deep/a", "a");
        await Area.ReplaceDirectoryAsync("config", source.FullPath, Token);
        Directory.Delete(source["old"], recursive: true);
        source.WriteFile("new", "b");

        await Area.ReplaceDirectoryAsync("config", source.FullPath, Token);

        Assert.Equal(["new"], await NamesAsync("config"));
        Assert.Equal("b", await ReadAsync("config/new"));
        Assert.Equal(["config", "content", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_takes_the_place_of_no_file_and_no_link()
    {
        using var source = new TempDirectory();
        await WriteAsync("config", "a file");
        PlaceLink("link");

        await FailsAsync(TransportFailure.Foreign, () => Area.ReplaceDirectoryAsync("config", source.FullPath, Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.ReplaceDirectoryAsync("link", source.FullPath, Token));

        Assert.Equal("a file", await ReadAsync("config"));
        Assert.Equal(["config", "content", "link", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_publishers_exclude_each_other_and_the_second_reads_who_is_first()
    {
        await using var other = await Transport.ConnectAsync(Token);
        await using (await Session.LockAsync("alice@admin1 (pid 7)", Token))
        {
            var exception = await Assert.ThrowsAsync<PublishLockedException>(() => other.LockAsync("bob", Token));
            Assert.Equal("alice@admin1 (pid 7)", exception.Holder);
            await Assert.ThrowsAsync<PublishLockedException>(() => Session.LockAsync("alice again", Token));
        }

        await using var second = await other.LockAsync("bob", Token);
    }

    [Fact(Timeout = 30_000)]
    public async Task FP4_many_publishers_at_once_have_one_winner()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            try
            {
                return await Session.LockAsync($"number {number}", Token);
            }
            catch (PublishLockedException)
            {
                return null;
            }
        }));

        var winner = Assert.Single(attempts, attempt => attempt is not null);
        await winner!.DisposeAsync();
    }

    protected override Task PrepareAsync() => Area.EnsureAsync(Token);
}
