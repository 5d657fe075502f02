using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class RejectionRuleTests
{
    private static readonly StorePath A = SomeRelease.System("a");
    private static readonly StorePath B = SomeRelease.System("b");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void FA11_a_system_that_was_rolled_back_is_known_after_another_one_held()
    {
        var before = After(RejectedSystems.None, AttemptOutcome.RolledBack, A);
        Assert.Equal([A], before.Systems);

        var between = After(before, AttemptOutcome.Succeeded, B);

        Assert.Equal([A], between.Systems);
        Assert.Equal([B, A], After(between, AttemptOutcome.RolledBack, B).Systems);
        Assert.Equal([A], After(between, AttemptOutcome.BuildFailed, null).Systems);
    }

    [Fact]
    public void FA11_a_system_that_held_at_last_is_rejected_no_longer() =>
        Assert.Equal([B], After(new RejectedSystems([A, B]), AttemptOutcome.Degraded, A).Systems);

    [Fact]
    public void FA11_a_way_back_that_is_tried_again_and_a_failed_switch_reject_nothing()
    {
        Assert.Empty(RejectionRule.After(Ended(RejectedSystems.None, AttemptOutcome.RolledBack, A) with { WillRetry = true }).Systems);
        Assert.Empty(After(RejectedSystems.None, AttemptOutcome.ActivationFailed, A).Systems);
        Assert.Empty(RejectionRule.After(null).Systems);
    }

    [Fact]
    public void FA11_the_systems_that_are_remembered_are_bounded_and_each_is_there_once()
    {
        var rejected = RejectedSystems.None;
        for (var number = 0; number < 40; number++)
        {
            rejected = After(rejected, AttemptOutcome.RolledBack, SomeRelease.System($"s{number}"));
        }

        Assert.Equal(RejectedSystems.MaxSystems, rejected.Systems.Count);
        Assert.Equal(SomeRelease.System("s39"), rejected.Systems[0]);
        var again = After(rejected, AttemptOutcome.RolledBack, SomeRelease.System("s30"));
        Assert.Equal((SomeRelease.System("s30"), RejectedSystems.MaxSystems), (again.Systems[0], again.Systems.Distinct().Count()));
    }

    [Fact]
    public void FA11_the_journal_and_the_heartbeat_keep_what_is_rejected()
    {
        var rejected = new RejectedSystems([B, A]);
        var journal = AgentJournal.Empty with { Attempt = Ended(rejected, AttemptOutcome.Succeeded, B) };

        Assert.Equal(rejected, JournalJson.Read(JournalJson.Write(journal)).Attempt!.Rejected);
        var beat = new Heartbeat { At = Now, Interval = TimeSpan.FromMinutes(1), Agent = "1", Rejected = rejected };
        Assert.Equal(beat, ReportJson.ReadHeartbeat(ReportJson.Write(beat)));
    }

    private static RejectedSystems After(RejectedSystems before, AttemptOutcome outcome, StorePath? system) =>
        RejectionRule.After(Ended(before, outcome, system));

    private static JournalAttempt Ended(RejectedSystems before, AttemptOutcome outcome, StorePath? system) =>
        new(SomeRelease.Of(sequence: 3), 1, Now, AttemptPhase.Finished) { Rejected = before, Outcome = outcome, System = system };
}
