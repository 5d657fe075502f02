using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class StatusFlagsRuleTests
{
    [Fact]
    public void A_pause_is_a_flag() =>
        Assert.Equal(
            StatusFlags.Paused, FlagsOf("Succeeded beat:new", beat => beat with
            {
                Pause = new AgentPause
                {
                    Since = KnownFacts.Now,
                    Reason = null,
                    Until = null,
                }
            }));

    [Fact]
    public void A_host_that_came_up_with_an_older_system_has_a_flag() =>
        Assert.Equal(StatusFlags.BootedOld, FlagsOf("Succeeded beat:new", beat => beat with { IsBootedOld = true }));

    [Fact]
    public void A_self_update_is_degraded_when_units_failed()
    {
        var good = KnownFacts.Of("AutoUpdated");
        var attempt = good.Record.Attempts[0];
        var bad = good with
        {
            Record = good.Record with { Attempts = [attempt with { Result = attempt.Result! with { FailedUnits = ["a.service"] } }] },
        };

        Assert.Equal(StatusFlags.None, StatusFlagsRule.Judge(good, null, KnownFacts.Now));
        Assert.Equal(StatusFlags.Degraded, StatusFlagsRule.Judge(bad, null, KnownFacts.Now));
    }

    [Fact]
    public void What_cannot_be_read_is_a_flag_beside_the_others()
    {
        var facts = KnownFacts.Of("Degraded");

        Assert.Equal(StatusFlags.Degraded, StatusFlagsRule.Judge(facts, null, KnownFacts.Now));
        Assert.Equal(
            StatusFlags.Degraded | StatusFlags.Unreadable, StatusFlagsRule.Judge(facts with { IsRead = false }, null, KnownFacts.Now));
    }

    [Fact]
    public void A_log_of_bash_bento_ends_the_flags_of_the_agent_before_it()
    {
        var facts = KnownFacts.Of("Degraded beat:new,locked");
        var moved = facts with
        {
            Record = facts.Record with
            {
                BashLogs = [new BashLog
                {
                    Stamp = "20260601-1200",
                    System = SomeRelease.System("new"),
                    Outcome = BashOutcome.Success,
                    Received = KnownFacts.Now,
                }],
            },
        };

        Assert.Equal(StatusFlags.Degraded | StatusFlags.SecretsLocked, StatusFlagsRule.Judge(facts, null, KnownFacts.Now));
        Assert.Equal(StatusFlags.None, StatusFlagsRule.Judge(moved, null, KnownFacts.Now));
        Assert.Equal(StatusFlags.Unreadable, StatusFlagsRule.Judge(moved with { IsRead = false }, null, KnownFacts.Now));
    }

    private static StatusFlags FlagsOf(string known, Func<Heartbeat, Heartbeat> change)
    {
        var facts = KnownFacts.Of(known);
        return StatusFlagsRule.Judge(
            facts with { Record = facts.Record with { Heartbeat = change(facts.Heartbeat!) } }, facts.Heartbeat!.Running, KnownFacts.Now);
    }
}
