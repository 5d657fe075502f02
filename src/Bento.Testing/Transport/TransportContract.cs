using System.Security.Cryptography;
using Bento.Publishing;
using Bento.Transport;

namespace Bento.Testing.Transport;

/// <summary>
/// What every transport does for a publisher, beside <see cref="AreaContract"/>. Derive, and give a transport to an empty server.
/// </summary>
public abstract class TransportContract : AreaContract
{
    private static readonly HostName Other = HostName.Parse("lab2");

    [Fact(Timeout = 30_000)]
    public async Task A_new_area_has_a_place_for_archives_and_one_for_reports()
    {
        await Area.EnsureAsync(Token);

        Assert.Equal(["content", "logs"], await NamesAsync(string.Empty));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 99_998)]
    [InlineData(0, 100_000)]
    [InlineData(32_768, 32_768)]
    [InlineData(99_999, 5)]
    [InlineData(100_000, 5)]
    [InlineData(1_000_000, 1_000_000)]
    public async Task A_part_of_a_file_is_read_as_far_as_the_file_goes(int offset, int count)
    {
        Assert.SkipWhen(Limits.HasFlag(TransportLimits.NoRanges), "Its areas read files from their beginning.");
        var content = RandomNumberGenerator.GetBytes(100_000);
        await Area.WriteAsync("logs/a", new MemoryStream(content), Token);
        var ranged = Assert.IsAssignableFrom<IRangedArea>(Area);
        var copy = new MemoryStream();

        Assert.True(await ranged.CopyRangeToAsync("logs/a", offset, count, copy, Token));

        Assert.Equal(content.Skip(offset).Take(count), copy.ToArray());
        Assert.False(await ranged.CopyRangeToAsync("logs/no", offset, count, copy, Token));
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
    public async Task A_directory_is_made_once_and_keeps_what_is_in_it()
    {
        await Area.EnsureDirectoryAsync("config", Token);
        await WriteAsync("config/a", "a");
        await Area.EnsureDirectoryAsync("config", Token);

        Assert.Equal("a", await ReadAsync("config/a"));
        Assert.Equal(["config", "content", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_is_removed_with_all_that_is_in_it()
    {
        foreach (var path in new[] { "config", "config/old", "config/old/deep", "config/old/deep/er", "config/old/empty" })
        {
            await Area.EnsureDirectoryAsync(path, Token);
        }

        await WriteAsync("config/old/a", "a");
        await WriteAsync("config/old/deep/er/b", "b");
        PlaceLinkIfAny("config/link");

        Assert.True(await Area.RemoveDirectoryAsync("config", Token));
        Assert.False(await Area.RemoveDirectoryAsync("config", Token));

        Assert.Equal(["content", "logs"], await NamesAsync(string.Empty));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_and_a_link_are_neither_made_nor_removed_as_a_directory()
    {
        Assert.SkipWhen(Limits.HasFlag(TransportLimits.NoLinks), "There are no links in these areas.");
        await WriteAsync("config", "a file");
        PlaceLink("link");

        foreach (var path in new[] { "config", "link" })
        {
            await FailsAsync(TransportFailure.Foreign, () => Area.EnsureDirectoryAsync(path, Token));
            await FailsAsync(TransportFailure.Foreign, () => Area.RemoveDirectoryAsync(path, Token));
        }

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
    public async Task A_lock_that_is_disposed_twice_is_freed_once()
    {
        await using var other = await Transport.ConnectAsync(Token);
        var first = await Session.LockAsync("first", Token);
        await first.DisposeAsync();
        await using var second = await other.LockAsync("second", Token);

        await first.DisposeAsync();

        Assert.Equal("second", (await Assert.ThrowsAsync<PublishLockedException>(() => Session.LockAsync("third", Token))).Holder);
    }

    [Fact(Timeout = 30_000)]
    public void What_it_says_that_it_cannot_it_cannot() =>
        Assert.Equal(Limits.HasFlag(TransportLimits.NoRanges), Area is not IRangedArea);

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

    /// <inheritdoc/>
    protected override Task PrepareAsync() => Area.EnsureAsync(Token);
}
