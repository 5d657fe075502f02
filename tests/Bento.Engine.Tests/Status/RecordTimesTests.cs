using Bento.Protocol;
using Bento.Status;
using static Bento.Engine.Tests.Status.RecordUpdateTests;

namespace Bento.Engine.Tests.Status;

/// <summary>What a record takes for news, and keeps, by the times at which it came.</summary>
public sealed class RecordTimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(15, 7, false)]
    [InlineData(15, 8, true)]
    [InlineData(14, 7, false)]
    [InlineData(1, 1, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 2, true)]
    public void A_heartbeat_with_nothing_new_is_kept_when_the_last_one_is_half_an_interval_old(int interval, int minutes, bool isKept)
    {
        var beat = new Heartbeat { At = Now, Interval = TimeSpan.FromMinutes(interval), Agent = "1" };
        var record = RecordUpdate.Apply(HostRecord.Empty, new ReportBatch { Heartbeat = beat, HeartbeatReceived = Now }, 20);
        var later = Now.AddMinutes(minutes);

        var after = RecordUpdate.Apply(record, new ReportBatch { Heartbeat = beat with { At = later }, HeartbeatReceived = later }, 20);

        Assert.Equal(isKept ? later : Now, after.HeartbeatReceived);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_attempt_was_heard_when_the_later_of_its_two_reports_came(int minutes)
    {
        var batch = new ReportBatch();
        batch.Starts.Add((Start(1, 1), Now));
        batch.Results.Add((Result(1, 1, AttemptOutcome.Succeeded), Now.AddMinutes(minutes)));

        var attempt = Assert.Single(RecordUpdate.Apply(HostRecord.Empty, batch, 20).Attempts);

        Assert.Equal(Now.AddMinutes(int.Max(minutes, 0)), attempt.Received);
    }

    [Fact]
    public void Logs_of_bash_bento_are_kept_once_newest_first_up_to_a_number()
    {
        var batch = new ReportBatch();
        batch.BashLogs.AddRange([Log(2), Log(1), Log(3)]);
        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 3);
        var later = new ReportBatch();
        later.BashLogs.AddRange([Log(0), Log(2), Log(4)]);

        var after = RecordUpdate.Apply(record, later, 3);

        Assert.Equal([Log(3), Log(2), Log(1)], record.BashLogs);
        Assert.Equal([Log(4), Log(3), Log(2)], after.BashLogs);
        Assert.Same(after, RecordUpdate.Apply(after, later, 3));
    }

    [Fact]
    public void Of_logs_that_arrived_together_the_later_stamp_is_the_newer()
    {
        var batch = new ReportBatch();
        batch.BashLogs.AddRange([Log(1), Log(2) with { Received = Log(1).Received }]);

        Assert.Equal(["20260601-1202", "20260601-1201"], RecordUpdate.Apply(HostRecord.Empty, batch, 20).BashLogs.Select(log => log.Stamp));
    }

    [Fact]
    public void A_log_that_came_with_the_oldest_that_is_kept_and_has_no_room_is_not_news_each_time()
    {
        var batch = new ReportBatch();
        batch.BashLogs.AddRange(new[] { 1, 2, 3 }.Select(minute => Log(minute) with { Received = Now }));
        var record = RecordUpdate.Apply(HostRecord.Empty, batch, 2);

        Assert.Equal(["20260601-1203", "20260601-1202"], record.BashLogs.Select(log => log.Stamp));
        Assert.Same(record, RecordUpdate.Apply(record, batch, 2));
    }
}
