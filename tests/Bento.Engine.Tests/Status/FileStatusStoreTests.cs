using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Status;

public sealed class FileStatusStoreTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly TempDirectory _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task What_was_kept_is_read_by_another_store()
    {
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);

        var record = await Store().ReadAsync(Host, TestContext.Current.CancellationToken);

        Assert.Equal(SomeRelease.Of().Id, Assert.Single(record.Releases).Release.Id);
        Assert.Equal([Host], await Store().ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_known_of_a_host_that_is_not_known()
    {
        Assert.Same(HostRecord.Empty, await Store().ReadAsync(Host, TestContext.Current.CancellationToken));
        Assert.Empty(await Store().ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task S31_changes_at_once_lose_nothing()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 40),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (number, token) =>
                await Store().UpdateAsync(Host, record => Add(record, number), token));

        var record = await Store().ReadAsync(Host, TestContext.Current.CancellationToken);
        Assert.Equal(
            Enumerable.Range(1, 40).Select(number => (long)number),
            record.Releases.Select(published => published.Release.Number.Sequence).Order());
    }

    [Fact]
    public async Task S12_a_host_whose_name_begins_another_name_has_a_record_of_its_own()
    {
        await Store().UpdateAsync(HostName.Parse("h10"), record => Add(record, 7), TestContext.Current.CancellationToken);
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);

        var record = await Store().ReadAsync(HostName.Parse("h10"), TestContext.Current.CancellationToken);

        Assert.Equal(7, Assert.Single(record.Releases).Release.Number.Sequence);
    }

    [Fact]
    public async Task A_record_is_never_written_longer_than_it_is_read()
    {
        var attempts = Enumerable.Range(1, 100).Reverse().Select(attempt => new RecordedAttempt(new(0, 1), attempt)
        {
            Result = RecordUpdateTests.Result(
                1, attempt, AttemptOutcome.Degraded) with
            { FailedUnits = [.. Enumerable.Repeat(new string('<', 2000), 100)] },
        });

        var kept = await Store().UpdateAsync(
            Host, record => Add(record, 1) with { Attempts = [.. attempts] }, TestContext.Current.CancellationToken);

        var read = await Store().ReadAsync(Host, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(51, 50).Reverse(), read.Attempts.Select(attempt => attempt.Attempt));
        Assert.Equal(kept.Attempts.Count, read.Attempts.Count);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(_state["hosts/h1.json"], DateTime.UnixEpoch);

        await Store().UpdateAsync(Host, record => record, TestContext.Current.CancellationToken);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_state["hosts/h1.json"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("""{"schema":9,"releases":[],"attempts":[],"heartbeat":null,"heartbeatReceived":null}""")]
    [InlineData(
        """
        {"schema":1,"releases":[{"release":{},"at":"2026-01-01T00:00:00Z","by":"x"}],"attempts":[],
        "heartbeat":null,"heartbeatReceived":null}
        """)]
    [InlineData("""{"schema":1,"releases":[null],"attempts":[],"heartbeat":null,"heartbeatReceived":null}""")]
    [InlineData("""{"schema":1,"releases":[],"attempts":[null],"heartbeat":null,"heartbeatReceived":null}""")]
    public async Task A_record_that_cannot_be_read_is_named_and_not_overwritten(string text)
    {
        var path = _state.WriteFile("hosts/h1.json", text);

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(Host, exception.Host);
        Assert.NotNull(exception.NextStep);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void FP11_any_bit_that_turns_in_a_record_is_found_or_changes_nothing()
    {
        var bytes = HostRecordJson.Write(Add(HostRecord.Empty, 1));
        var whole = bytes.ToArray();
        var found = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(whole, HostRecordJson.Write(HostRecordJson.Read(bytes)));
            }
            catch (System.Text.Json.JsonException)
            {
                found++;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // What is left are bits in the name of the digest itself.
        Assert.InRange(found, (bytes.Length - 8) * 8, bytes.Length * 8);
    }

    [Fact]
    public async Task FP11_a_record_that_was_damaged_and_still_parses_is_named_and_not_overwritten()
    {
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);
        var path = _state["hosts/h1.json"];
        var damaged = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))
            .Replace("\"by\":\"me\"", "\"by\":\"mu\"", StringComparison.Ordinal);
        _state.WriteFile("hosts/h1.json", damaged);

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => Store().UpdateAsync(Host, record => Add(record, 2), TestContext.Current.CancellationToken));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.NextStep);
        Assert.Equal(damaged, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_of_a_program_that_wrote_no_digest_is_read()
    {
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);
        var text = await File.ReadAllTextAsync(_state["hosts/h1.json"], TestContext.Current.CancellationToken);
        _state.WriteFile("hosts/h1.json", $"{text[..text.LastIndexOf(",\"digest\"", StringComparison.Ordinal)]}}}");

        Assert.Equal(1, (await Store().ReadAsync(Host, TestContext.Current.CancellationToken)).Releases[0].Release.Number.Sequence);
    }

    [Fact]
    public async Task Records_that_cannot_be_written_are_named()
    {
        _state.WriteFile("hosts", "a file in the way");

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken));

        Assert.Contains(_state["hosts"], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_records_are_hosts()
    {
        _state.WriteFile("hosts/notes.txt");
        _state.WriteFile("hosts/1st.json");
        _state.WriteFile("hosts/.h2.json.tmp");

        Assert.Empty(await Store().ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_record_that_another_program_changed_is_read_again_also_when_its_length_is_the_same()
    {
        var first = Store();
        var second = Store();
        for (var number = 1; number < 9; number++)
        {
            await second.UpdateAsync(Host, _ => Add(HostRecord.Empty, number), TestContext.Current.CancellationToken);

            var record = await first.ReadAsync(Host, TestContext.Current.CancellationToken);

            Assert.Equal(number, record.Releases[0].Release.Number.Sequence);
        }
    }

    [Fact]
    public async Task A_record_that_did_not_change_is_read_once()
    {
        await Store().UpdateAsync(Host, record => Add(record, 1), TestContext.Current.CancellationToken);
        var cache = new RecordCache();
        var reads = 0;

        // As from a clock that is a second further: the file has settled.
        var later = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var records = Enumerable.Range(0, 3)
            .Select(_ => cache.Read(
                Host,
                _state["hosts/h1.json"],
                later,
                _ => HostRecord.Empty with { HeartbeatReceived = DateTimeOffset.UnixEpoch.AddDays(++reads) }))
            .ToList();

        Assert.Equal(1, reads);
        Assert.All(records, record => Assert.Same(records[0], record));
        File.Delete(_state["hosts/h1.json"]);
        Assert.Same(HostRecord.Empty, cache.Read(Host, _state["hosts/h1.json"], later, _ => records[0]));
    }

    private static HostRecord Add(HostRecord record, long sequence) =>
        record with
        {
            Releases = [new PublishedRelease
            {
                Release = SomeRelease.Of(sequence: sequence),
                At = DateTimeOffset.UnixEpoch,
                By = "me",
            }, .. record.Releases],
        };

    private FileStatusStore Store() => new(
        new StateDirectories(Options.Create(new BentoOptions { Directory = _state.FullPath, StateDirectory = _state.FullPath })));
}
