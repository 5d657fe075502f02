using System.Security.Cryptography;
using System.Text;
using Bento.Transport;

namespace Bento.Testing.Transport;

/// <summary>
/// What every area does for a host that reads its release and writes its reports. Derive, and give a transport whose area is ready.
/// </summary>
public abstract partial class AreaContract : IAsyncLifetime
{
    private ITransportSession? _session;

    /// <summary>The token of the test that runs.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The host whose area is ready, with an empty <c>logs/</c>.</summary>
    protected virtual HostName Host { get; } = HostName.Parse("lab");

    /// <summary>What the transport cannot do.</summary>
    /// <value>Default: <see cref="TransportLimits.None"/>.</value>
    protected virtual TransportLimits Limits => TransportLimits.None;

    /// <summary>The transport.</summary>
    protected ITransport Transport { get; private set; } = null!;

    /// <summary>A connection of it.</summary>
    protected ITransportSession Session => _session!;

    /// <summary>The area of <see cref="Host"/>.</summary>
    protected IArea Area => Session.OpenArea(Host);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Transport = await CreateAsync();
        CoversAttribute.Check(this, Transport);
        _session = await Transport.ConnectAsync(Token);
        await PrepareAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        await CleanUpAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_that_is_not_there_is_null()
    {
        Assert.Null(await Area.ReadAsync("logs/no", 10, Token));
        Assert.Null(await Area.ReadAsync("nowhere/no", 10, Token));
        Assert.False(await Area.CopyToAsync("logs/no", new MemoryStream(), 10, Token));
        Assert.False(await Area.DeleteAsync("logs/no", Token));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData(1_000_003)]
    public async Task What_was_written_is_read(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        await Area.WriteAsync("logs/a", new MemoryStream(content), Token);

        Assert.Equal(content, await Area.ReadAsync("logs/a", length, Token));
        var copy = new MemoryStream();
        Assert.True(await Area.CopyToAsync("logs/a", copy, length, Token));
        Assert.Equal(content, copy.ToArray());
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_looks_at_a_file_sees_what_replaced_it_and_that_it_is_gone()
    {
        Assert.Null(await Area.LookAsync("logs/a", Token));
        var area = Area;
        await WriteAsync("logs/a", "one");
        var first = await area.LookAsync("logs/a", Token);
        var same = await area.LookAsync("logs/a", Token);
        await WriteAsync("logs/a", "three");
        var second = await area.LookAsync("logs/a", Token);
        _ = await Area.DeleteAsync("logs/a", Token);

        Assert.Equal(("a", true, 3), (first!.Value.Name, first.Value.IsPlainFile, first.Value.SizeBytes));
        Assert.Equal(first, same);
        Assert.Equal(5, second!.Value.SizeBytes);
        Assert.Null(await area.LookAsync("logs/a", Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_shorter_file_replaces_a_longer_one()
    {
        await WriteAsync("logs/a", "a long text");
        await WriteAsync("logs/a", "short");

        Assert.Equal("short", await ReadAsync("logs/a"));
        Assert.Equal(["a"], await NamesAsync("logs"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_longer_than_the_limit_is_too_large()
    {
        await WriteAsync("logs/a", "12345");

        await FailsAsync(TransportFailure.TooLarge, () => Area.ReadAsync("logs/a", 4, Token));
        var copy = new MemoryStream();
        await FailsAsync(TransportFailure.TooLarge, () => Area.CopyToAsync("logs/a", copy, 4, Token));
        Assert.InRange(copy.Length, 0, 4);
        Assert.Equal("12345", await ReadAsync("logs/a"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_is_no_file()
    {
        await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs", 10, Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.CopyToAsync("logs", new MemoryStream(), 10, Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.DeleteAsync("logs", Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.WriteAsync("logs", new MemoryStream([1]), Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_link_is_neither_followed_nor_replaced_nor_removed()
    {
        Assert.SkipWhen(Limits.HasFlag(TransportLimits.NoLinks), "There are no links in these areas.");
        PlaceLink("logs/link");

        await FailsAsync(TransportFailure.Foreign, () => Area.ReadAsync("logs/link", 1_000_000, Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.CopyToAsync("logs/link", new MemoryStream(), 1_000_000, Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.WriteAsync("logs/link", new MemoryStream([1]), Token));
        await FailsAsync(TransportFailure.Foreign, () => Area.DeleteAsync("logs/link", Token));
        Assert.False((await EntriesAsync("logs")).Single().IsPlainFile);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_listing_says_what_is_a_plain_file_and_how_long()
    {
        await WriteAsync("logs/a", "12345");
        await WriteAsync("logs/b", string.Empty);
        PlaceLinkIfAny("logs/link");

        var entries = await EntriesAsync("logs");

        Assert.Equal([("a", true), ("b", true)], entries.Take(2).Select(entry => (entry.Name, entry.IsPlainFile)));
        Assert.All(entries.Skip(2), entry => Assert.Equal(("link", false), (entry.Name, entry.IsPlainFile)));
        Assert.Equal([5L, 0L], entries.Take(2).Select(entry => entry.SizeBytes));
        Assert.All(entries, entry =>
            Assert.InRange(entry.Changed, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Contains(await EntriesAsync(string.Empty), entry => entry is { Name: "logs", IsPlainFile: false });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_directory_that_is_not_there_lists_as_nothing() => Assert.Empty(await NamesAsync("nowhere"));

    [Fact(Timeout = 30_000)]
    public async Task A_file_is_removed_once()
    {
        await WriteAsync("logs/a", "x");

        Assert.True(await Area.DeleteAsync("logs/a", Token));
        Assert.False(await Area.DeleteAsync("logs/a", Token));
        Assert.Null(await Area.ReadAsync("logs/a", 10, Token));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("../other/release.json")]
    [InlineData("logs/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("logs//a")]
    [InlineData("logs/")]
    [InlineData("./logs")]
    [InlineData("logs/a\0b")]
    public async Task A_path_that_could_leave_the_area_is_misuse(string path)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Area.ReadAsync(path, 10, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Area.WriteAsync(path, new MemoryStream([1]), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Area.CopyToAsync(path, new MemoryStream(), 10, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Area.DeleteAsync(path, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => NamesAsync(path));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cancelled_call_changes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await WriteAsync("logs/a", "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Area.WriteAsync("logs/a", new MemoryStream([1]), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Area.ReadAsync("logs/a", 10, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Area.DeleteAsync("logs/a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Transport.ConnectAsync(cancelled));

        Assert.Equal("old", await ReadAsync("logs/a"));
        Assert.Equal(["a"], await NamesAsync("logs"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Calls_on_different_paths_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            await WriteAsync($"logs/{number}", $"text {number}");
            Assert.Equal($"text {number}", await ReadAsync($"logs/{number}"));
        }));

        Assert.Equal(20, (await NamesAsync("logs")).Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_session_reads_what_this_one_wrote()
    {
        await WriteAsync("logs/a", "text");
        await using var other = await Transport.ConnectAsync(Token);

        Assert.Equal("text"u8.ToArray(), await other.OpenArea(Host).ReadAsync("logs/a", 10, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_is_not_there_is_named_by_the_contract()
    {
        Assert.SkipWhen(Limits.HasFlag(TransportLimits.AlwaysThere), "Connecting asks nobody.");
        var transport = await CreateUnreachableAsync();

        await Assert.ThrowsAsync<TransportException>(() => transport.ConnectAsync(Token));
    }

    /// <summary>Makes a transport of its own for this test.</summary>
    /// <returns>A transport to a server with the area of <see cref="Host"/>, unless <see cref="PrepareAsync"/> makes that.</returns>
    protected abstract Task<ITransport> CreateAsync();

    /// <summary>Makes a transport to a server that is not there: an address at which nobody listens.</summary>
    /// <returns>The transport. Not called with <see cref="TransportLimits.AlwaysThere"/>.</returns>
    protected virtual Task<ITransport> CreateUnreachableAsync() => throw new NotSupportedException(
        $"Override {nameof(CreateUnreachableAsync)}, or say {nameof(TransportLimits)}.{nameof(TransportLimits.AlwaysThere)}.");

    /// <summary>Makes the area, unless the server did.</summary>
    /// <returns>A task that ends when it is there.</returns>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Removes what <see cref="CreateAsync"/> made.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    /// <summary>Puts a symbolic link into the area of <see cref="Host"/>, past the transport, that leads to a readable file.</summary>
    /// <param name="path">Where in the area. Not called with <see cref="TransportLimits.NoLinks"/>.</param>
    protected virtual void PlaceLink(string path) => throw new NotSupportedException(
        $"Override {nameof(PlaceLink)}, or say {nameof(TransportLimits)}.{nameof(TransportLimits.NoLinks)}.");

    /// <summary>Writes a text into the area.</summary>
    /// <param name="path">Where.</param>
    /// <param name="text">The text.</param>
    /// <returns>A task that ends when it is there.</returns>
    protected Task WriteAsync(string path, string text) => Area.WriteAsync(path, new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);

    /// <summary>Reads a text of the area.</summary>
    /// <param name="path">Where.</param>
    /// <returns>The text; null when there is no such file.</returns>
    protected async Task<string?> ReadAsync(string path) =>
        await Area.ReadAsync(path, 1_000_000, Token) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Lists a directory of the area.</summary>
    /// <param name="path">Which one; empty for the area itself.</param>
    /// <returns>Its entries in ordinal order.</returns>
    protected async Task<IReadOnlyList<AreaEntry>> EntriesAsync(string path) =>
        await Area.ListAsync(path, Token).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToListAsync(Token);

    /// <summary>Lists a directory of the area.</summary>
    /// <param name="path">Which one; empty for the area itself.</param>
    /// <returns>The names of its entries in ordinal order.</returns>
    protected async Task<IReadOnlyList<string>> NamesAsync(string path) => [.. (await EntriesAsync(path)).Select(entry => entry.Name)];

    /// <summary>Asserts how a call fails.</summary>
    /// <param name="failure">What must be the matter.</param>
    /// <param name="call">The call.</param>
    /// <returns>What it threw.</returns>
    protected static async Task<TransportException> FailsAsync(TransportFailure failure, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<TransportException>(call);
        Assert.Equal(failure, exception.Failure);
        return exception;
    }

    private protected void PlaceLinkIfAny(string path)
    {
        if (!Limits.HasFlag(TransportLimits.NoLinks))
        {
            PlaceLink(path);
        }
    }
}
