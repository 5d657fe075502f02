using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class OverdueRuleTests
{
    private static readonly DateTimeOffset Published = KnownFacts.Now - TimeSpan.FromHours(1);

    [Fact]
    public void A_host_that_is_heard_is_overdue_after_three_of_its_own_intervals_and_not_before()
    {
        Assert.False(At(Heard("beat:old"), TimeSpan.FromMinutes(45)).Flags.HasFlag(StatusFlags.Overdue));

        var status = At(Heard("beat:old"), TimeSpan.FromMinutes(45) + TimeSpan.FromTicks(1));

        Assert.Equal((HostState.RebuildPending, StatusFlags.Overdue, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.EndsWith(
            " It has waited for 45 minutes, although the host is heard at least every 15 minutes.",
            status.Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("BuildFailed")]
    [InlineData("Succeeded")]
    [InlineData("beat:old,Untrusted")]
    public void A_host_that_has_begun_with_the_release_or_refuses_it_is_not_overdue(string known) =>
        Assert.False(At(KnownFacts.Of(known), TimeSpan.FromHours(5)).Flags.HasFlag(StatusFlags.Overdue));

    [Fact]
    public void A_host_that_is_not_heard_is_silent_and_not_overdue()
    {
        var status = At(KnownFacts.Of("beat:old"), TimeSpan.FromHours(5));

        Assert.Equal((HostState.Silent, StatusFlags.None), (status.State, status.Flags));
    }

    [Fact]
    public void Somebody_who_paused_a_host_knows_why_its_release_waits()
    {
        var facts = Heard("beat:old");
        var beat = facts.Heartbeat! with
        {
            Pause = new AgentPause
            {
                Since = Published,
                Reason = "The disk is changed.",
                Until = null,
            }
        };

        Assert.Equal(StatusFlags.Paused, At(facts with { Record = facts.Record with { Heartbeat = beat } }, TimeSpan.FromHours(1)).Flags);
    }

    [Theory]
    [InlineData(2.9, StatusFlags.None)]
    [InlineData(3.1, StatusFlags.Overdue)]
    public void Of_a_host_with_bash_bento_a_day_counts_as_its_interval(double days, StatusFlags flags)
    {
        // A success of the release before, after this one was published, and the heartbeat of an agent that was there once.
        var facts = KnownFacts.Of("beat:old");
        var log = new BashLog
        {
            Stamp = "20260601-1200",
            System = SomeRelease.System("old"),
            Outcome = BashOutcome.Success,
            Received = Published.AddMinutes(1),
        };
        var record = facts.Record with { BashLogs = [log], HeartbeatReceived = Published.AddMinutes(-1) };

        var status = At(facts with { Record = record }, TimeSpan.FromDays(days));

        Assert.Equal((HostState.RebuildPending, flags), (status.State, status.Flags));
    }

    private static HostFacts Heard(string known)
    {
        var facts = KnownFacts.Of(known);
        return facts with { Record = facts.Record with { HeartbeatReceived = Published.AddMinutes(40) } };
    }

    private static HostStatus At(HostFacts facts, TimeSpan after) => StatusRule.Judge(facts, Published + after);
}
