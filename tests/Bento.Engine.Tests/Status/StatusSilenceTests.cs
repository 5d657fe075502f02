using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>When a host counts as silent.</summary>
public sealed class StatusSilenceTests
{
    private static readonly DateTimeOffset Now = KnownFacts.Now;

    [Fact]
    public void T5_a_host_is_silent_after_three_of_its_own_intervals_and_not_before()
    {
        var known = Facts("Succeeded beat:new");
        var facts = known with { Record = known.Record with { HeartbeatReceived = Now - TimeSpan.FromMinutes(45) } };

        Assert.Equal(HostState.UpToDate, StatusRule.Judge(facts, Now).State);
        Assert.Equal(HostState.Silent, StatusRule.Judge(facts, Now + TimeSpan.FromTicks(1)).State);
    }

    [Theory]
    [InlineData("Succeeded", 3.1, HostState.Silent)]
    [InlineData("Succeeded", 2.9, HostState.UpToDate)]
    [InlineData("start", 3.1, HostState.Silent)]
    public void A_host_whose_interval_is_not_known_is_silent_after_three_days(string known, double days, HostState state) =>
        Assert.Equal(state, StatusRule.Judge(Facts(known), Now - TimeSpan.FromMinutes(50) + TimeSpan.FromDays(days)).State);

    [Fact]
    public void A_host_that_says_it_speaks_once_a_year_is_silent_after_three_days()
    {
        var known = Facts("Succeeded beat:new");
        var facts = known with { Record = known.Record with { Heartbeat = known.Heartbeat! with { Interval = TimeSpan.FromDays(365) } } };

        Assert.Equal(HostState.UpToDate, StatusRule.Judge(facts, Now.AddDays(2.9)).State);
        Assert.Equal(HostState.Silent, StatusRule.Judge(facts, Now.AddDays(3.1)).State);
    }

    [Fact]
    public void A_time_that_was_kept_while_the_clock_was_ahead_hides_no_silence()
    {
        var known = Facts("Succeeded beat:new,stale");
        var ahead = known with
        {
            Record = known.Record with { Attempts = [known.Record.Attempts[0] with { Received = Now.AddDays(400) }] },
        };

        var status = StatusRule.Judge(ahead, Now);

        Assert.Equal((HostState.Silent, known.HeartbeatReceived), (status.State, status.LastSeen));
        Assert.Equal(
            Now.AddHours(-1),
            StatusRule.Judge(ahead with { Record = ahead.Record with { Heartbeat = null, HeartbeatReceived = null } }, Now).LastSeen);
    }

    [Fact]
    public void A_host_whose_report_has_just_arrived_is_not_silent()
    {
        var known = Facts("Succeeded beat:new");

        Assert.Equal(
            HostState.UpToDate,
            StatusRule.Judge(
                known with
                {
                    Record = known.Record with
                    {
                        HeartbeatReceived = Now - TimeSpan.FromDays(10),
                        Attempts = [known.Record.Attempts[0] with { Received = Now - TimeSpan.FromMinutes(5) }],
                    }
                }, Now).State);
    }

    private static HostFacts Facts(string known) => KnownFacts.Of(known);

    private static RecordedAttempt Attempt(string text, Release release, int number) => KnownFacts.Attempt(text, release, number);
}
