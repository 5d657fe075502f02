using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>What screens show of thousands of hosts.</summary>
public sealed class PostgreSqlRecordsTests(Database database) : IAsyncDisposable
{
    private readonly ServiceProvider _process = database.Services($"t{Guid.NewGuid():N}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgreSqlRecords Records => _process.GetRequiredService<PostgreSqlRecords>();

    private IStatusStore Store => _process.GetRequiredService<IStatusStore>();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Counts_follow_every_change_also_many_at_once()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), Token, async (number, token) =>
        {
            await AttemptAsync($"h{number}", AttemptOutcome.Succeeded);
            await AttemptAsync($"h{number}", number % 4 == 0 ? AttemptOutcome.BuildFailed : AttemptOutcome.Succeeded);
        });
        _ = await Store.UpdateAsync(HostName.Parse("new"), record => record with { HeartbeatReceived = DateTimeOffset.UnixEpoch }, Token);

        var counts = await Records.CountAsync(Token);

        Assert.Equal(new Dictionary<string, long> { ["Succeeded"] = 30, ["BuildFailed"] = 10, ["None"] = 1 }, counts);
    }

    [Fact(Timeout = 60_000)]
    public async Task Pages_follow_each_other_and_can_be_about_one_outcome()
    {
        foreach (var number in Enumerable.Range(0, 7))
        {
            await AttemptAsync($"h{number}", number < 3 ? AttemptOutcome.BuildFailed : AttemptOutcome.Succeeded);
        }

        var first = await Records.ListAsync(count: 4, cancellationToken: Token);
        var second = await Records.ListAsync(first[^1].Host, 4, cancellationToken: Token);
        var failed = await Records.ListAsync(lastOutcome: "BuildFailed", cancellationToken: Token);

        Assert.Equal("h0 h1 h2 h3", string.Join(' ', first.Select(row => row.Host)));
        Assert.Equal("h4 h5 h6", string.Join(' ', second.Select(row => row.Host)));
        Assert.Equal("h0 h1 h2", string.Join(' ', failed.Select(row => row.Host)));
        Assert.All(failed, row => Assert.Equal((null, DateTimeOffset.UnixEpoch), (row.Release, row.Heartbeat)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_host_that_is_deleted_leaves_no_record_no_log_and_no_count()
    {
        var host = HostName.Parse("gone");
        await AttemptAsync("gone", AttemptOutcome.Succeeded);
        await Store.WriteLogAsync(host, new ReleaseNumber(0, 1), 1, new byte[] { 1 }, Token);

        Assert.True(await Records.DeleteAsync(host, Token));
        Assert.False(await Records.DeleteAsync(host, Token));

        Assert.Equal(HostRecord.Empty, await Store.ReadAsync(host, Token));
        Assert.Null(await Store.ReadLogAsync(host, new ReleaseNumber(0, 1), 1, Token));
        Assert.Empty(await Records.CountAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_records_are_read_in_one_question_and_a_damaged_one_is_left_to_be_read_alone()
    {
        var (good, bad, unknown) = (HostName.Parse("good"), HostName.Parse("bad"), HostName.Parse("unknown"));
        await AttemptAsync("good", AttemptOutcome.Succeeded);
        await AttemptAsync("bad", AttemptOutcome.Succeeded);
        _ = database.Server.Sql(database.Name, "UPDATE bento.host SET record = 'torn' WHERE host = 'bad'");

        var records = await Store.ReadManyAsync([good, bad, unknown], Token);

        Assert.Equal([good, unknown], records.Keys.Order());
        Assert.Single(records[good].Attempts);
        Assert.Equal(HostRecord.Empty, records[unknown]);
        var exception = await Assert.ThrowsAsync<StatusStoreException>(() => Store.ReadAsync(bad, Token));
        Assert.Equal(bad, exception.Host);
        Assert.NotNull(exception.NextStep);
    }

    [Fact]
    public async Task A_page_of_no_rows_or_of_too_many_is_misuse()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Records.ListAsync(count: 0, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Records.ListAsync(count: PostgreSqlRecords.MaxPage + 1, cancellationToken: Token));
    }

    private Task AttemptAsync(string host, AttemptOutcome outcome) => Store.UpdateAsync(
        HostName.Parse(host),
        record => record with
        {
            Attempts =
            [
                new RecordedAttempt(new ReleaseNumber(0, 1), record.Attempts.Count + 1)
                {
                    Result = new AttemptResult
                    {
                        Release = ReleaseId.Parse(new string('a', 32)),
                        Number = new ReleaseNumber(0, 1),
                        Attempt = record.Attempts.Count + 1,
                        At = DateTimeOffset.UnixEpoch,
                        Duration = TimeSpan.FromSeconds(1),
                        Outcome = outcome,
                        Reason = "as the test says",
                    },
                },
                .. record.Attempts,
            ],
            HeartbeatReceived = DateTimeOffset.UnixEpoch,
        },
        Token);
}
