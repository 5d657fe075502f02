using Bento.Engine.Tests.Publishing;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>When a host was last heard, and which of two things that it said holds.</summary>
public sealed class StatusHeardTests
{
    private static readonly DateTimeOffset Now = KnownFacts.Now;

    [Fact]
    public void A_host_is_silent_after_three_of_its_own_intervals_and_not_before()
    {
        var facts = KnownFacts.Of("Succeeded beat:new");
        var limit = facts.HeartbeatReceived!.Value + TimeSpan.FromMinutes(45);

        Assert.Equal(HostState.UpToDate, StatusRule.Judge(facts, limit).State);
        Assert.Equal(HostState.Silent, StatusRule.Judge(facts, limit + TimeSpan.FromTicks(1)).State);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_time_of_the_future_is_none_and_a_host_with_no_other_was_heard_since_its_release_was_published(
        int milliseconds, bool isTime)
    {
        var facts = KnownFacts.Of("beat:old");
        var heard = Now.AddMilliseconds(milliseconds);

        var status = StatusRule.Judge(facts with { Record = facts.Record with { HeartbeatReceived = heard } }, Now);

        Assert.Equal(isTime ? heard : facts.Record.Releases[0].At, status.LastSeen);
    }

    [Fact]
    public void What_runs_is_what_the_newest_log_of_bash_bento_says_where_it_spoke_last()
    {
        var facts = KnownFacts.Of("Succeeded,runs:a beat:b");
        var log = new BashLog
        {
            Stamp = "20260601-1200",
            System = SomeRelease.System("c"),
            Outcome = BashOutcome.Success,
            Received = Now,
        };

        Assert.Equal(log.System, StatusRule.Judge(facts with { Record = facts.Record with { BashLogs = [log] } }, Now).Running);
    }

    [Fact]
    public void A_heartbeat_that_came_together_with_the_last_result_is_no_older_news()
    {
        var facts = KnownFacts.Of("Succeeded,runs:a beat:b");
        var together = facts.Record with { HeartbeatReceived = facts.Record.Attempts[0].Received };

        Assert.Equal(SomeRelease.System("b"), StatusRule.Judge(facts with { Record = together }, Now).Running);
    }

    [Fact]
    public void What_a_result_says_of_its_release_counts_more_than_what_its_start_said()
    {
        var facts = KnownFacts.Of("start Succeeded");
        var attempt = facts.Record.Attempts[0];
        var odd = attempt with { Start = attempt.Start! with { Release = KnownFacts.Old.Id } };

        Assert.Equal(HostState.UpToDate, StatusRule.Judge(facts with { Record = facts.Record with { Attempts = [odd] } }, Now).State);
    }
}
