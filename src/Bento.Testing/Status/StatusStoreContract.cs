using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;

namespace Bento.Testing.Status;

/// <summary>
/// What every status store does. Derive, and open the store: each test wants one that is empty, and opens it again as another process
/// would.
/// </summary>
public abstract class StatusStoreContract : IAsyncLifetime
{
    private static readonly HostName Host = HostName.Parse("lab");
    private static readonly HostName Other = HostName.Parse("lab2");
    private static readonly ReleaseNumber Number = new(0, 1);

    /// <summary>The token of the test that runs.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store.</summary>
    protected IStatusStore Store { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Store = await OpenAsync();
        CoversAttribute.Check(this, Store);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_known_of_a_host_without_a_record()
    {
        Assert.Equal(HostRecord.Empty, await Store.ReadAsync(Host, Token));
        Assert.Empty(await Store.ListAsync(Token));
        Assert.Null(await Store.ReadLogAsync(Host, Number, 1, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_kept_is_read_whole_by_another_process()
    {
        var record = SampleRecords.Full(Host);

        var kept = await Store.UpdateAsync(Host, _ => record, Token);

        Assert.Equal(record, kept);
        Assert.Equal(record, await Store.ReadAsync(Host, Token));
        var again = await OpenAsync();
        Assert.Equal(record, await again.ReadAsync(Host, Token));
        Assert.Equal([Host], await again.ListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_change_gets_the_record_as_it_is_and_another_process_sees_each()
    {
        var again = await OpenAsync();
        for (var sequence = 1; sequence < 6; sequence++)
        {
            _ = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, sequence), Token);

            Assert.Equal(sequence, (await again.ReadAsync(Host, Token)).Releases.Count);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task The_same_object_changes_nothing()
    {
        var before = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 1), Token);

        Assert.Equal(before, await Store.UpdateAsync(Host, record => record, Token));
        Assert.Equal(HostRecord.Empty, await Store.UpdateAsync(Other, record => record, Token));

        Assert.Equal(before, await Store.ReadAsync(Host, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Changes_at_once_lose_nothing()
    {
        var stores = new[] { Store, await OpenAsync(), await OpenAsync() };

        await Task.WhenAll(Enumerable.Range(1, 30).Select(sequence => Task.Run(
            () => stores[sequence % 3].UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, sequence), Token), Token)));

        Assert.Equal(
            Enumerable.Range(1, 30).Select(sequence => (long)sequence),
            (await Store.ReadAsync(Host, Token)).Releases.Select(published => published.Release.Number.Sequence).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_sees_a_change_whole_or_not_at_all()
    {
        var again = await OpenAsync();
        var writer = Task.Run(
            async () =>
            {
                for (var sequence = 1; sequence < 30; sequence++)
                {
                    _ = await Store.UpdateAsync(
                        Host, record => SampleRecords.WithAttempt(SampleRecords.WithRelease(record, Host, sequence), sequence), Token);
                }
            },
            Token);
        while (!writer.IsCompleted)
        {
            var record = await again.ReadAsync(Host, Token);
            Assert.Equal(record.Releases.Count, record.Attempts.Count);
        }

        await writer;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_change_that_throws_changes_nothing_and_blocks_nobody()
    {
        var before = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 1), Token);

        await Assert.ThrowsAnyAsync<Exception>(
            () => Store.UpdateAsync(Host, _ => throw new InvalidTimeZoneException("the change broke"), Token));

        Assert.Equal(before, await Store.ReadAsync(Host, Token));
        Assert.Equal(2, (await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 2), Token)).Releases.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_cancelled_call_changes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var before = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 1), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 2), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteLogAsync(Host, Number, 1, new byte[1], cancelled));

        Assert.Equal(before, await Store.ReadAsync(Host, Token));
        Assert.Null(await Store.ReadLogAsync(Host, Number, 1, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_host_whose_name_begins_another_name_has_a_record_and_logs_of_its_own()
    {
        _ = await Store.UpdateAsync(Other, record => SampleRecords.WithRelease(record, Other, 7), Token);
        _ = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 1), Token);
        await Store.WriteLogAsync(Other, Number, 1, new byte[] { 2 }, Token);
        await Store.WriteLogAsync(Host, Number, 1, new byte[] { 1 }, Token);

        Assert.Equal(7, Assert.Single((await Store.ReadAsync(Other, Token)).Releases).Release.Number.Sequence);
        Assert.Equal([1], await Store.ReadLogAsync(Host, Number, 1, Token));
        Assert.Equal([2], await Store.ReadLogAsync(Other, Number, 1, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Hosts_are_listed_in_ordinal_order()
    {
        foreach (var host in "zoo Zoo a-2 a10 a1".Split(' ').Select(name => HostName.Parse(name)))
        {
            _ = await Store.UpdateAsync(host, record => SampleRecords.WithRelease(record, host, 1), Token);
        }

        var names = (await Store.ListAsync(Token)).Select(host => host.ToString()).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("zoo", names);
        Assert.InRange(names.Count, 4, 5);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_log_stays_while_the_record_has_its_attempt_and_the_newest_of_a_name_counts()
    {
        var log = new byte[1_000_003];
        new Random(1).NextBytes(log);
        await Store.WriteLogAsync(Host, Number, 1, new byte[] { 0 }, Token);
        await Store.WriteLogAsync(Host, Number, 1, log, Token);
        await Store.WriteLogAsync(Host, Number, 2, ReadOnlyMemory<byte>.Empty, Token);
        _ = await Store.UpdateAsync(Host, record => SampleRecords.WithAttempt(record, 1) with { Heartbeat = null }, Token);
        _ = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(record, Host, 1), Token);

        var again = await OpenAsync();
        Assert.Equal(log, await again.ReadLogAsync(Host, Number, 1, Token));
        Assert.Empty((await again.ReadLogAsync(Host, Number, 2, Token))!);
        Assert.Null(await again.ReadLogAsync(Host, Number, 3, Token));
        Assert.Null(await again.ReadLogAsync(Host, new ReleaseNumber(1, 1), 1, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_read_together_is_what_is_read_alone_also_after_a_change_of_another_process()
    {
        var again = await OpenAsync();
        var hosts = new[] { Host, Other, HostName.Parse("nobody") };
        _ = await Store.UpdateAsync(Host, _ => SampleRecords.Full(Host), Token);
        for (var sequence = 1; sequence < 4; sequence++)
        {
            _ = await Store.UpdateAsync(Other, record => SampleRecords.WithRelease(record, Other, sequence), Token);
            foreach (var (host, record) in await again.ReadManyAsync(hosts, Token))
            {
                Assert.Equal(await Store.ReadAsync(host, Token), record);
            }
        }

        Assert.Empty(await again.ReadManyAsync([], Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lock_excludes_other_publishers_and_one_that_is_disposed_twice_is_freed_once()
    {
        var again = await OpenAsync();
        var first = await Store.LockAsync("first", Token);
        Assert.SkipWhen(first is null, "This store excludes nobody.");
        Assert.Equal("first", (await Assert.ThrowsAsync<PublishLockedException>(() => again.LockAsync("second", Token))).Holder);
        await first.DisposeAsync();
        await using var second = await again.LockAsync("second", Token);

        await first.DisposeAsync();

        Assert.Equal("second", (await Assert.ThrowsAsync<PublishLockedException>(() => Store.LockAsync("third", Token))).Holder);
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_listens_is_told_of_a_change_of_another_process()
    {
        var again = await OpenAsync();
        using var told = new SemaphoreSlim(0);
        using var listening = again.Listen(() => told.Release());
        Assert.SkipWhen(listening is null, "This store tells nobody.");
        for (var sequence = 1; ; sequence++)
        {
            // It may begin to hear a moment after it was asked to.
            _ = await Store.UpdateAsync(Host, record => SampleRecords.WithRelease(HostRecord.Empty, Host, sequence), Token);
            if (await told.WaitAsync(TimeSpan.FromMilliseconds(200), Token))
            {
                return;
            }
        }
    }

    /// <summary>Opens the store as a process that was just started does.</summary>
    /// <returns>A store on the same records in every call of one test; empty at the first.</returns>
    protected abstract Task<IStatusStore> OpenAsync();

    /// <summary>Makes what the store needs, before it is opened.</summary>
    /// <returns>A task that ends when it is there.</returns>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Removes what <see cref="PrepareAsync"/> and <see cref="OpenAsync"/> made.</summary>
    /// <returns>A task that ends when it is gone.</returns>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;
}
