using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Protocol;
using static Bento.Engine.Tests.Agents.Attempts.AttemptStories;

namespace Bento.Engine.Tests.Agents.Attempts;

/// <summary>When an attempt goes back to the system before, and what that says.</summary>
public sealed class AttemptWayBackTests
{
    [Fact]
    public void FA10_a_system_that_could_not_be_put_back_is_put_back_when_that_works_again()
    {
        var stuck = Play(
            In(AttemptPhase.RollingBack) with { Reason = "x." },
            Enumerable.Repeat<AttemptEvent>(new AttemptEvent.NotRolledBack("full"), AttemptStateMachine.MaxRollbacks).ToArray())[^1];
        var later = stuck.StartedAt.AddHours(7);

        var again = AttemptDecision.Left(stuck with { RetryAt = later }, later, "boot")!;

        Assert.True(stuck.WillRetry);
        Assert.Null(AttemptDecision.Left(stuck with { RetryAt = later }, later.AddSeconds(-1), "boot"));
        Assert.Equal((AttemptPhase.RollingBack, stuck.Attempt + 1), (again.Phase, again.Attempt));
        Assert.Equal(AttemptOutcome.NeedsHuman, AttemptStateMachine.Next(again, new AttemptEvent.NotRolledBack("full")).Outcome);
        Assert.Equal(AttemptOutcome.RolledBack, AttemptStateMachine.Next(again, new AttemptEvent.RolledBack([])).Outcome);
        Assert.Equal(
            again, AttemptDecision.Next(new AgentJournal { Attempt = stuck with { RetryAt = later } }, stuck.Release, later, "boot"));
    }

    [Fact]
    public void What_is_not_confirmed_is_rolled_back_with_the_reason()
    {
        var rolling = AttemptStateMachine.Next(In(AttemptPhase.Confirming), new AttemptEvent.Unconfirmed("no answer"));
        var done = AttemptStateMachine.Next(rolling, new AttemptEvent.RolledBack([]));

        Assert.Equal((AttemptPhase.RollingBack, AttemptOutcome.RolledBack, "no answer"), (rolling.Phase, done.Outcome, done.Reason));
    }

    [Fact]
    public void FA2_FA8_a_server_that_is_away_after_a_restart_has_the_switch_undone_and_tried_again()
    {
        var resumed = AttemptStateMachine.Resume(In(AttemptPhase.Activating), "next boot");

        var played = Play(
            resumed, [Switched(ActivationVerdict.Done), Away, new AttemptEvent.NotRolledBack("stuck"), new AttemptEvent.RolledBack([])]);

        Assert.Equal(
            (AttemptPhase.Finished, AttemptOutcome.RolledBack, true), (played[^1].Phase, played[^1].Outcome, played[^1].WillRetry));
    }

    [Fact]
    public void FA2_what_answers_and_is_not_healthy_after_a_restart_is_undone_for_good()
    {
        var resumed = AttemptStateMachine.Resume(In(AttemptPhase.Confirming), "next boot");

        Assert.False(Play(resumed, [new AttemptEvent.Unconfirmed("sick"), new AttemptEvent.RolledBack([])])[^1].WillRetry);
    }

    [Fact]
    public void FA7_a_server_that_is_lost_by_the_switch_itself_has_it_undone_for_good() =>
        Assert.False(Play(
            In(AttemptPhase.Ready),
            [new AttemptEvent.Reachable(Old), Switched(ActivationVerdict.Done), Away, new AttemptEvent.RolledBack([])])[^1].WillRetry);

    [Fact]
    public void FA10_putting_the_old_system_back_is_tried_three_times_and_then_a_person_is_needed()
    {
        var story = Enumerable.Repeat<AttemptEvent>(new AttemptEvent.NotRolledBack("stuck"), AttemptStateMachine.MaxRollbacks).ToArray();

        var played = Play(In(AttemptPhase.RollingBack) with { Reason = "no answer." }, story);

        Assert.All(played[..^1], attempt => Assert.Equal(AttemptPhase.RollingBack, attempt.Phase));
        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.NeedsHuman), (played[^1].Phase, played[^1].Outcome));
    }

    [Fact]
    public void Without_rollback_or_without_a_way_back_the_failure_itself_is_the_outcome()
    {
        var forbidden = In(AttemptPhase.Confirming, new HostPolicy { Rollback = false });
        var first = In(AttemptPhase.Confirming) with { Previous = null };

        Assert.All([
            forbidden, first,
        ], attempt =>
            Assert.Equal(AttemptOutcome.Unconfirmed, AttemptStateMachine.Next(attempt, new AttemptEvent.Unconfirmed("x.")).Outcome));
    }
}
