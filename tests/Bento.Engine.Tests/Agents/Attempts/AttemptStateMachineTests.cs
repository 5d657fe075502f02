using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Protocol;
using CsCheck;
using static Bento.Engine.Tests.Agents.Attempts.AttemptStories;

namespace Bento.Engine.Tests.Agents.Attempts;

/// <summary>The machine by table and by property.</summary>
public sealed class AttemptStateMachineTests
{
    [Fact]
    public void A_good_attempt_goes_through_every_phase_once()
    {
        AttemptEvent[] story =
        [
            new AttemptEvent.Fetched(),
                new AttemptEvent.Built(New),
                new AttemptEvent.Reachable(Old),
                Switched(ActivationVerdict.Done),
                new AttemptEvent.Confirmed(),
            ];

        var phases = Play(Start(), story).Select(attempt => attempt.Phase);

        Assert.Equal(
            [AttemptPhase.Building, AttemptPhase.Ready, AttemptPhase.Activating, AttemptPhase.Confirming, AttemptPhase.Finished],
            phases);
    }

    [Fact]
    public void The_system_that_ran_before_is_remembered_before_anything_is_switched() =>
        Assert.Equal(Old, AttemptStateMachine.Next(In(AttemptPhase.Ready), new AttemptEvent.Reachable(Old)).Previous);

    [Fact]
    public void What_fails_before_the_switch_ends_the_attempt_and_rolls_nothing_back()
    {
        var next = AttemptStateMachine.Next(
            In(AttemptPhase.Ready), new AttemptEvent.Failed(AttemptOutcome.ActivationFailed, "no key", IsTransient: false));

        Assert.Equal(
            (AttemptPhase.Finished, AttemptOutcome.ActivationFailed, "no key", false),
            (next.Phase, next.Outcome, next.Reason, next.WillRetry));
    }

    [Fact]
    public void FB4_what_fails_on_a_store_that_is_suspect_is_tried_once_more_on_one_that_is_not()
    {
        var failed = AttemptStateMachine.Next(
            In(AttemptPhase.Building) with { RepairsStore = true, SuspectSince = Start().StartedAt },
            new AttemptEvent.Failed(AttemptOutcome.BuildFailed, "syntax error", IsTransient: true) { IsStoreChecked = true });

        Assert.Equal((true, false, null), (failed.WillRetry, failed.RepairsStore, failed.SuspectSince));
    }

    [Fact]
    public void FA13_a_switch_that_refuses_to_begin_fails_without_a_way_back_and_is_tried_again()
    {
        var next = AttemptStateMachine.Next(
            In(AttemptPhase.Activating) with { Previous = Old, System = New }, new AttemptEvent.Refused("Another switch was under way."));

        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.ActivationFailed, true), (next.Phase, next.Outcome, next.WillRetry));
    }

    [Fact]
    public void FA13_what_somebody_else_switched_to_meanwhile_is_not_taken_back()
    {
        var next = AttemptStateMachine.Next(
            In(AttemptPhase.RollingBack) with { Previous = Old, System = New, Reason = "It failed." },
            new AttemptEvent.Overtaken("Somebody came."));

        Assert.Equal(
            (AttemptPhase.Finished, AttemptOutcome.ActivationFailed, "It failed. Somebody came.", false),
            (next.Phase, next.Outcome, next.Reason, next.WillRetry));
    }

    [Theory]
    [InlineData(true, "the boot before", true)]
    [InlineData(true, "boot", false)]
    [InlineData(false, "the boot before", false)]
    public void FB4_a_store_that_takes_a_closure_while_it_comes_is_suspect_after_a_power_cut(bool isWhole, string bootId, bool isSuspect)
    {
        var attempt = In(AttemptPhase.Fetching);
        var closure = new ReleaseClosure { Manifest = ContentHash.FromBytes(new byte[32]), ManifestBytes = 1 };
        attempt = attempt with { BootId = bootId, Release = attempt.Release with { Closure = isWhole ? closure : null } };

        var resumed = AttemptStateMachine.Resume(attempt, "boot");

        Assert.Equal((AttemptPhase.Fetching, isSuspect), (resumed.Phase, resumed.RepairsStore));
    }

    [Fact]
    public void FA8_a_server_that_is_away_before_the_switch_only_makes_it_wait()
    {
        var waiting = AttemptStateMachine.Next(In(AttemptPhase.Ready), new AttemptEvent.Unreachable("away"));

        Assert.Equal((AttemptPhase.Ready, "away"), (waiting.Phase, waiting.Reason));
        Assert.Null(AttemptStateMachine.Next(waiting, new AttemptEvent.Reachable(Old)).Reason);
    }

    [Fact]
    public void FA11_a_system_that_the_host_went_back_from_is_not_switched_to_and_one_that_runs_already_is_well()
    {
        var rejected = In(AttemptPhase.Ready) with { System = New, Rejected = new RejectedSystems([New]) };

        var next = AttemptStateMachine.Next(rejected, new AttemptEvent.Reachable(Old));

        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.RolledBack, false), (next.Phase, next.Outcome, next.WillRetry));
        Assert.Equal(AttemptOutcome.Succeeded, AttemptStateMachine.Next(rejected, new AttemptEvent.AlreadyRunning()).Outcome);
        Assert.Equal(
            AttemptPhase.Activating,
            AttemptStateMachine.Next(rejected with { Rejected = new RejectedSystems([Old]) }, new AttemptEvent.Reachable(Old)).Phase);
        var again = rejected.Release with { Policy = rejected.Release.Policy with { RetryRolledBack = true } };
        Assert.Equal(
            AttemptPhase.Activating, AttemptStateMachine.Next(rejected with { Release = again }, new AttemptEvent.Reachable(Old)).Phase);
    }

    [Fact]
    public void FA11_a_release_that_is_cut_off_from_the_server_by_every_attempt_is_not_tried_for_ever()
    {
        var attempt = Start();
        for (var number = 1; number <= AttemptStateMachine.MaxExcuses + 1; number++)
        {
            var resumed = AttemptStateMachine.Resume(
                attempt with { Phase = AttemptPhase.Activating, Previous = Old, System = New }, "boot");
            attempt = Play(resumed, [Switched(ActivationVerdict.Done), Away, new AttemptEvent.RolledBack([])])[^1];
            Assert.Equal(number <= AttemptStateMachine.MaxExcuses, attempt.WillRetry);
            if (attempt.WillRetry)
            {
                attempt = AttemptDecision.Next(new AgentJournal { Attempt = attempt }, attempt.Release, attempt.StartedAt, "boot")!;
            }
        }
    }

    [Theory]
    [InlineData(AttemptPhase.Activating)]
    [InlineData(AttemptPhase.Confirming)]
    internal void FA2_a_system_that_takes_the_agent_down_each_time_is_not_kept_for_that(AttemptPhase phase)
    {
        var attempt = In(phase);
        for (var run = 1; run <= AttemptStateMachine.MaxResumes; run++)
        {
            attempt = AttemptStateMachine.Resume(attempt, "boot");
            Assert.Null(AttemptStateMachine.GiveUp(attempt));
        }

        attempt = AttemptStateMachine.Resume(attempt, "boot");
        var undone = AttemptStateMachine.Next(attempt, AttemptStateMachine.GiveUp(attempt)!);

        Assert.Equal((AttemptPhase.RollingBack, false), (undone.Phase, undone.IsExcused));
        Assert.Contains("interrupted 4 times", undone.Reason, StringComparison.Ordinal);
        Assert.Null(AttemptStateMachine.GiveUp(undone));
    }

    [Theory]
    [InlineData(ActivationVerdict.Done, nameof(AttemptPhase.Confirming), null)]
    [InlineData(ActivationVerdict.Degraded, nameof(AttemptPhase.Confirming), AttemptOutcome.Degraded)]
    [InlineData(ActivationVerdict.RebootNeeded, nameof(AttemptPhase.Finished), AttemptOutcome.RebootNeeded)]
    [InlineData(ActivationVerdict.Failed, nameof(AttemptPhase.RollingBack), null)]
    public void FA4_the_verdict_of_a_switch_decides_where_it_goes(ActivationVerdict verdict, string phase, AttemptOutcome? outcome)
    {
        var next = AttemptStateMachine.Next(In(AttemptPhase.Activating), Switched(verdict));

        Assert.Equal((phase, outcome), (next.Phase.ToString(), next.Outcome));
    }

    [Fact]
    public void Only_passing_reasons_are_tried_again() => Assert.Equal(
        [true, false],
        new[] { true, false }.Select(transient =>
            AttemptStateMachine.Next(
                In(AttemptPhase.Building), new AttemptEvent.Failed(AttemptOutcome.BuildFailed, "x", transient)).WillRetry));

    [Fact]
    public void Every_story_ends_with_the_old_system_or_the_new_one_confirmed_or_a_person() =>
        Gen.Int[0, 3].Array[0, 40].Sample(choices =>
        {
            var attempt = Start();
            foreach (var choice in choices)
            {
                if (attempt.Phase == AttemptPhase.Finished)
                {
                    break;
                }

                var possible = Possible(attempt.Phase);
                attempt = AttemptStateMachine.Next(attempt, possible[choice % possible.Length]);
            }

            var touched = attempt.Phase is AttemptPhase.Activating or AttemptPhase.Confirming or AttemptPhase.RollingBack;
            return (attempt.Phase != AttemptPhase.Finished || attempt.Outcome is not null && attempt.Reason is not null)
                && (!touched || attempt.Previous == Old)
                && (attempt.Outcome is not (AttemptOutcome.Succeeded or AttemptOutcome.Degraded) || attempt.System == New);
        });

    [Fact]
    public void An_event_that_cannot_happen_is_a_bug_and_not_a_step() =>
        Assert.Throws<InvalidOperationException>(() => AttemptStateMachine.Next(Start(), new AttemptEvent.Confirmed()));

    private static AttemptEvent[] Possible(AttemptPhase phase) => phase switch
    {
        AttemptPhase.Fetching => [new AttemptEvent.Fetched(), new AttemptEvent.Failed(AttemptOutcome.FetchFailed, "x", true)],
        AttemptPhase.Building => [new AttemptEvent.Built(New), new AttemptEvent.Failed(AttemptOutcome.BuildFailed, "x", false)],
        AttemptPhase.Ready => [new AttemptEvent.Reachable(Old), new AttemptEvent.Unreachable("x"), new AttemptEvent.AlreadyRunning()],
        AttemptPhase.Activating => [
            Switched(ActivationVerdict.Done),
            Switched(ActivationVerdict.Degraded),
            Switched(ActivationVerdict.Failed),
            new AttemptEvent.NotSwitched("x"),
        ],
        AttemptPhase.Confirming => [new AttemptEvent.Confirmed(), new AttemptEvent.Unconfirmed("x")],
        _ => [new AttemptEvent.RolledBack([]), new AttemptEvent.NotRolledBack("x")],
    };
}
