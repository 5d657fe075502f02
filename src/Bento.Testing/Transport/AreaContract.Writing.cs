namespace Bento.Testing.Transport;

/// <content>A write is seen whole or not at all.</content>
public abstract partial class AreaContract
{
    private const int LargeBytes = 400_000;

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_on_its_way_is_seen_by_nobody()
    {
        await Area.WriteAsync("logs/a", Filled(0, LargeBytes), Token);
        await using var other = await Transport.ConnectAsync(Token);
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = Task.Run(SendAsync, Token);
        _ = await Task.WhenAny(reached.Task, writing);
        var seen = await other.OpenArea(Host).ReadAsync("logs/a", LargeBytes, Token);
        var looked = await other.OpenArea(Host).LookAsync("logs/a", Token);
        goOn.SetResult();
        await writing;

        Assert.Equal(0, Assert.Single(seen!.Distinct()));
        Assert.Equal((LargeBytes, LargeBytes), (seen!.Length, looked!.Value.SizeBytes));
        Assert.Equal(1, Assert.Single((await Area.ReadAsync("logs/a", LargeBytes, Token))!.Distinct()));

        async Task SendAsync()
        {
            await using var content = new PausingStream(Filled(1, LargeBytes).ToArray(), LargeBytes / 2, () =>
            {
                reached.SetResult();
                return goOn.Task;
            });
            await Area.WriteAsync("logs/a", content, Token);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_sees_the_old_file_or_the_new_and_never_less()
    {
        await Area.WriteAsync("logs/a", Filled(0, LargeBytes), Token);
        var writer = Task.Run(
            async () =>
            {
                for (byte value = 1; value < 30; value++)
                {
                    await Area.WriteAsync("logs/a", Filled(value, LargeBytes), Token);
                }
            },
            Token);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(WatchAsync, Token)));
        await writer;

        async Task WatchAsync()
        {
            await using var other = await Transport.ConnectAsync(Token);
            while (!writer.IsCompleted)
            {
                Assert.Equal(LargeBytes, (await other.OpenArea(Host).LookAsync("logs/a", Token))!.Value.SizeBytes);
                var content = await other.OpenArea(Host).ReadAsync("logs/a", LargeBytes, Token);
                Assert.Equal(LargeBytes, content!.Length);
                Assert.Single(content.Distinct());
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_write_that_is_cancelled_on_its_way_leaves_the_old_file()
    {
        await WriteAsync("logs/a", "old");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var content = new PausingStream(new byte[4_000_000], 100_000, cancellation.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Area.WriteAsync("logs/a", content, cancellation.Token));

        await using var other = await Transport.ConnectAsync(Token);
        Assert.Equal("old"u8.ToArray(), await other.OpenArea(Host).ReadAsync("logs/a", 1_000_000, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_source_that_breaks_leaves_the_old_file_and_no_temporary()
    {
        await WriteAsync("logs/a", "old");

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Area.WriteAsync("logs/a", new BreakingStream(100_000), Token));

        Assert.Equal("old", await ReadAsync("logs/a"));
        Assert.Equal(["a"], await NamesAsync("logs"));
    }

    private static MemoryStream Filled(byte value, int length)
    {
        var content = new byte[length];
        Array.Fill(content, value);
        return new MemoryStream(content);
    }
}
