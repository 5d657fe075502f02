using Bento.Agents.Attempts;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class ContentStoreTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly DeployBench _bench = new();

    public ContentStoreTests() => _bench.Flake("lab", "h1", "# a configuration");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_was_published_is_found_after_it_was_fetched()
    {
        await _bench.DeployAsync();
        var content = _bench.Current("h1")!.Content;
        Assert.Null(Store().Find(content));

        await FetchAsync(content);

        Assert.Equal(
            "h1\n# a configuration",
            await File.ReadAllTextAsync(Path.Join(Store().Find(content), "flake.nix"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task T1_content_with_any_bit_flipped_is_refused_and_the_old_tree_stays()
    {
        await _bench.DeployAsync();
        var old = _bench.Current("h1")!.Content;
        await FetchAsync(old);
        _bench.Flake("lab", "h1", "# new");
        await _bench.DeployAsync();
        var content = _bench.Current("h1")!.Content;
        for (var at = 0; at < content.ArchiveBytes; at++)
        {
            _bench.Transport.Corrupt = (path, bytes) =>
            {
                bytes[at] ^= (byte)(1 << (at % 8));
                return bytes;
            };

            await Assert.ThrowsAsync<ContentException>(() => FetchAsync(content));
        }

        Assert.Null(Store().Find(content));
        Assert.NotNull(Store().Find(old));
    }

    [Fact]
    public async Task FD1_content_cut_at_any_byte_is_refused()
    {
        await _bench.DeployAsync();
        var content = _bench.Current("h1")!.Content;
        for (var length = 0; length < content.ArchiveBytes; length += 7)
        {
            _bench.Transport.Corrupt = (_, bytes) => bytes[..length];

            await Assert.ThrowsAsync<ContentException>(() => FetchAsync(content));
        }

        _bench.Transport.Corrupt = null;
        await FetchAsync(content);
        Assert.NotNull(Store().Find(content));
    }

    [Fact]
    public async Task T2_content_longer_than_the_release_says_is_refused()
    {
        await _bench.DeployAsync();
        _bench.Transport.Corrupt = (_, bytes) => [.. bytes, 0];

        Assert.True(await Record.ExceptionAsync(() =>
            FetchAsync(_bench.Current("h1")!.Content)) is TransportException { Failure: TransportFailure.TooLarge } or ContentException);
    }

    [Fact]
    public async Task T14_FD5_a_tree_that_changed_on_the_disk_is_not_found_any_more()
    {
        await _bench.DeployAsync();
        var content = _bench.Current("h1")!.Content;
        await FetchAsync(content);
        await File.AppendAllTextAsync(Path.Join(Store().Find(content), "flake.nix"), "x", TestContext.Current.CancellationToken);

        Assert.Null(Store().Find(content));
        await FetchAsync(content);
        Assert.NotNull(Store().Find(content));
    }

    [Fact]
    public async Task Content_that_the_server_does_not_have_is_said()
    {
        await _bench.DeployAsync();

        var exception = await Assert.ThrowsAsync<ContentException>(() => FetchAsync(SomeRelease.Of().Content));

        Assert.Contains("does not have", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_tree_that_is_needed_is_kept()
    {
        await _bench.DeployAsync();
        var old = _bench.Current("h1")!.Content;
        await FetchAsync(old);
        _bench.Flake("lab", "h1", "# new");
        await _bench.DeployAsync();
        var content = _bench.Current("h1")!.Content;
        await FetchAsync(content);

        Store().KeepOnly(content);

        Assert.Null(Store().Find(old));
        Assert.NotNull(Store().Find(content));
    }

    private ContentStore Store() => new(_bench.Directory["agent/trees"], new ContentUnpacker(1 << 20));

    private async Task FetchAsync(ReleaseContent content)
    {
        Directory.CreateDirectory(_bench.Directory["agent"]);
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await Store().FetchAsync(session.OpenArea(Host), content, TestContext.Current.CancellationToken);
    }
}
