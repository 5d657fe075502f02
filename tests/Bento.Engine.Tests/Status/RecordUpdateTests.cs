using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class RecordUpdateTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_start_and_a_result_of_one_attempt_are_one_entry()
    {
        var batch = new ReportBatch();
        batch.Results.Add((Result(1, 1, AttemptOutcome.Succeeded), Now));
        batch.Starts.Add((Start(1, 1), Now.AddMinutes(-1)));

        var attempt = Assert.Single(RecordUpdate.Apply(HostRecord.Empty, batch, 20).Attempts);

        Assert.NotNull(attempt.Start);
        Assert.NotNull(attempt.Result);
        Assert.Equal(Now, attempt.Received);
    }

    [Fact]
    public void H16_what_was_accepted_once_is_not_rewritten()
    {
        var first = new ReportBatch();
        first.Starts.Add((Start(1, 1), Now));
        first.Results.Add((Result(1, 1, AttemptOutcome.BuildFailed), Now));
        var record = RecordUpdate.Apply(HostRecord.Empty, first, 20);
        var second = new ReportBatch();
        second.Starts.Add((Start(1, 1), Now.AddDays(1)));
        second.Results.Add((Result(1, 1, AttemptOutcome.Succeeded), Now.AddDays(1)));

        var after = RecordUpdate.Apply(record, second, 20);

        Assert.Equal(record.Attempts, after.Attempts);
    }

    [Fact]
    public void The_newest_twenty_stay_whatever_their_times()
    {
        var batch = new ReportBatch();
        foreach (var number in Enumerable.Range(1, 30))
        {
            batch.Results.Add((Result(number, 1, AttemptOutcome.Succeeded), Now.AddDays(-number)));
        }

        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 20);

        Assert.Equal(
            Enumerable.Range(11, 20).Reverse().Select(number => (long)number), record.Attempts.Select(attempt => attempt.Number.Sequence));
    }

    [Fact]
    public void H14_an_older_report_that_comes_again_is_not_taken_for_new()
    {
        var batch = new ReportBatch();
        foreach (var number in Enumerable.Range(1, 30))
        {
            batch.Results.Add((Result(number, 1, AttemptOutcome.Succeeded), Now));
        }

        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 20);
        var replay = new ReportBatch();
        replay.Results.Add((Result(1, 1, AttemptOutcome.BuildFailed), Now));

        Assert.Equal(record.Attempts, RecordUpdate.Apply(record, replay, 20).Attempts);
    }

    [Fact]
    public void A_batch_without_a_heartbeat_keeps_the_last_one()
    {
        var batch = new ReportBatch
        {
            Heartbeat = new Heartbeat { At = Now, Interval = TimeSpan.FromMinutes(1), Agent = "1" },
            HeartbeatReceived = Now,
        };
        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 20);

        Assert.Equal(record, RecordUpdate.Apply(record, new ReportBatch(), 20) with { Attempts = record.Attempts });
    }

    [Fact]
    public void A_release_is_adopted_once_and_in_its_place()
    {
        var record = new HostRecord { Releases = [new PublishedRelease { Release = SomeRelease.Of(sequence: 1), At = Now, By = "me" }] };

        var adopted = RecordUpdate.Adopt(record, SomeRelease.Of(sequence: 2), Now);

        Assert.Equal([2L, 1L], adopted.Releases.Select(published => published.Release.Number.Sequence));
        Assert.Same(adopted, RecordUpdate.Adopt(adopted, SomeRelease.Of(sequence: 2), Now));
        Assert.Equal([3L, 2L, 1L], RecordUpdate.Adopt(
            RecordUpdate.Adopt(record, SomeRelease.Of(sequence: 3), Now),
            SomeRelease.Of(sequence: 2),
            Now).Releases.Select(published => published.Release.Number.Sequence));
    }

    [Fact]
    public void A_release_of_a_number_that_is_taken_is_adopted_behind_the_one_that_has_it()
    {
        var recorded = SomeRelease.Of(sequence: 1);
        var other = ReleaseIdentity.WithId(recorded with { Attribute = "other" });

        var adopted = RecordUpdate.Adopt(RecordUpdate.Adopt(HostRecord.Empty, recorded, Now), other, Now);

        Assert.Equal([recorded.Id, other.Id], adopted.Releases.Select(published => published.Release.Id));
    }

    [Fact]
    public void T4_a_release_too_far_ahead_is_not_adopted()
    {
        var record = RecordUpdate.Adopt(HostRecord.Empty, SomeRelease.Of(sequence: 3), Now);

        Assert.Same(record, RecordUpdate.Adopt(record, SomeRelease.Of(sequence: 1_000_004), Now));
        Assert.Same(record, RecordUpdate.Adopt(record, SomeRelease.Of(sequence: long.MaxValue, epoch: 1), Now));
        Assert.Equal(2, RecordUpdate.Adopt(record, SomeRelease.Of(sequence: 1, epoch: 1), Now).Releases.Count);
    }

    [Fact]
    public void A_record_keeps_no_more_releases_than_it_should()
    {
        var record = Enumerable.Range(1, HostRecord.MaxReleases + 5)
            .Aggregate(HostRecord.Empty, (record, number) => RecordUpdate.Adopt(record, SomeRelease.Of(sequence: number), Now));

        Assert.Equal(HostRecord.MaxReleases, record.Releases.Count);
        Assert.Equal(HostRecord.MaxReleases + 5, record.Releases[0].Release.Number.Sequence);
    }

    [Fact]
    public void A_record_is_read_back_as_it_was_written()
    {
        var batch = new ReportBatch
        {
            Heartbeat = new Heartbeat { At = Now, Interval = TimeSpan.FromMinutes(1), Agent = "1", Refusal = Refusal.Fork },
            HeartbeatReceived = Now,
        };
        batch.Starts.Add((Start(2, 1), Now));
        batch.Results.Add((Result(1, 3, AttemptOutcome.Degraded), Now));
        var record = RecordUpdate.Adopt(RecordUpdate.Apply(HostRecord.Empty, batch, 20), SomeRelease.Of(), Now);

        var bytes = HostRecordJson.Write(record);

        Assert.Equal(bytes, HostRecordJson.Write(HostRecordJson.Read(bytes)));
        Assert.Equal(record.Heartbeat, HostRecordJson.Read(bytes).Heartbeat);
        Assert.Equal(record.Attempts[0], HostRecordJson.Read(bytes).Attempts[0]);
    }

    [Fact]
    public void A_start_alone_is_an_attempt()
    {
        var batch = new ReportBatch();
        batch.Starts.Add((Start(1, 1), Now));

        Assert.NotNull(Assert.Single(RecordUpdate.Apply(HostRecord.Empty, batch, 20).Attempts).Start);
    }

    [Fact]
    public void A_batch_with_nothing_new_gives_the_same_record()
    {
        var batch = new ReportBatch { Heartbeat = Beat, HeartbeatReceived = Now };
        batch.Results.Add((Result(1, 1, AttemptOutcome.Succeeded), Now));
        batch.BashLogs.Add(Log(1));
        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 20);

        Assert.Same(record, RecordUpdate.Apply(record, batch, 20));
        Assert.Same(record, RecordUpdate.Apply(record, new ReportBatch(), 20));
    }

    [Fact]
    public void A_report_that_comes_without_a_heartbeat_takes_none_away_and_a_new_one_replaces_the_old()
    {
        var record = RecordUpdate.Apply(HostRecord.Empty, new ReportBatch { Heartbeat = Beat, HeartbeatReceived = Now }, 20);
        var batch = new ReportBatch();
        batch.Results.Add((Result(1, 1, AttemptOutcome.Succeeded), Now));
        var reported = RecordUpdate.Apply(record, batch, 20);
        var news = Beat with { Agent = "2" };

        var after = RecordUpdate.Apply(reported, new ReportBatch { Heartbeat = news, HeartbeatReceived = Now.AddSeconds(1) }, 20);

        Assert.Equal((Beat, Now), (reported.Heartbeat, reported.HeartbeatReceived));
        Assert.Equal((news, Now.AddSeconds(1)), (after.Heartbeat, after.HeartbeatReceived));
    }

    [Fact]
    public void The_record_as_of_now_has_the_heartbeat_of_now()
    {
        var record = new HostRecord { Heartbeat = Beat, HeartbeatReceived = Now };
        var batch = new ReportBatch { Heartbeat = Beat with { At = Now.AddSeconds(9) }, HeartbeatReceived = Now.AddSeconds(9) };

        Assert.Equal(Now.AddSeconds(9), RecordUpdate.WithHeartbeat(record, batch).HeartbeatReceived);
        Assert.Equal(Now.AddSeconds(9), RecordUpdate.WithHeartbeat(record, batch).Heartbeat?.At);
        Assert.Same(record, RecordUpdate.WithHeartbeat(record, new ReportBatch()));
    }

    [Fact]
    public void A_log_belongs_to_one_attempt_at_one_release()
    {
        var batch = new ReportBatch();
        batch.Results.AddRange([
            (Result(1, 1, AttemptOutcome.BuildFailed), Now),
            (Result(1, 2, AttemptOutcome.Succeeded), Now),
            (Result(2, 1, AttemptOutcome.Succeeded), Now),
        ]);
        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 20);

        var after = RecordUpdate.WithLog(record, new ReleaseNumber(0, 1), 1, LogState.Kept);

        Assert.Equal(
            [(1L, 1)], after.Attempts.Where(attempt => attempt.Log == LogState.Kept)
                .Select(attempt => (attempt.Number.Sequence, attempt.Attempt)));
    }

    [Fact]
    public void A_release_that_nobody_recorded_is_named_by_a_heartbeat_or_by_a_report()
    {
        var known = SomeRelease.Of(sequence: 1);
        var record = new HostRecord
        {
            Releases = [new PublishedRelease { Release = SomeRelease.Of(sequence: 2), At = Now, By = "me" }, new PublishedRelease
            {
                Release = known,
                At = Now,
                By = "me",
            }],
        };

        Assert.False(RecordUpdate.NamesUnknownRelease(record, new ReportBatch()));
        Assert.False(RecordUpdate.NamesUnknownRelease(record, new ReportBatch { Heartbeat = Beat with { Release = known.Id } }));
        Assert.True(RecordUpdate.NamesUnknownRelease(
            record, new ReportBatch { Heartbeat = Beat with { Release = SomeRelease.Of(sequence: 3).Id } }));
        Assert.True(RecordUpdate.NamesUnknownRelease(record, new ReportBatch { StrangerCount = 1 }));
    }

    private static Heartbeat Beat => new() { At = Now, Interval = TimeSpan.FromMinutes(15), Agent = "1" };

    internal static BashLog Log(int minute) =>
        new()
        {
            Stamp = $"20260601-12{minute:00}",
            System = SomeRelease.System("h1"),
            Outcome = BashOutcome.Success,
            Received = Now.AddMinutes(minute),
        };

    internal static AttemptStart Start(long sequence, int attempt) =>
        new()
        {
            Release = SomeRelease.Of(sequence: sequence).Id,
            Number = new ReleaseNumber(0, sequence),
            Attempt = attempt,
            At = Now,
            Running = null,
        };

    internal static AttemptResult Result(long sequence, int attempt, AttemptOutcome outcome, long epoch = 0) => new()
    {
        Release = SomeRelease.Of(sequence: sequence, epoch: epoch).Id,
        Number = new ReleaseNumber(epoch, sequence),
        Attempt = attempt,
        At = Now,
        Duration = TimeSpan.FromSeconds(1),
        Outcome = outcome,
        Reason = "Because of a test.",
        Running = SomeRelease.System("h1"),
        Built = SomeRelease.System("h1"),
    };
}
