using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

/// <summary>What an attempt says when it ends, and what the next one begins with.</summary>
public sealed class AttemptEndTests
{
    private static readonly StorePath Old = SomeRelease.System("old");
    private static readonly StorePath New = SomeRelease.System("new");

    [Fact]
    public void A_switch_that_left_failed_units_is_confirmed_as_degraded_by_their_names()
    {
        var switched = Next(In(AttemptPhase.Activating), Switched(ActivationVerdict.Degraded, "a.service", "b.service"));
        var end = Next(switched, new AttemptEvent.Confirmed());

        Assert.Equal(
            (AttemptPhase.Finished, AttemptOutcome.Degraded, "The host switched to the system, but units failed: a.service, b.service."),
            (end.Phase, end.Outcome, end.Reason));
    }

    [Fact]
    public void Failed_units_without_names_are_not_listed() => Assert.Equal(
        "The host switched to the system, but units failed.",
        Next(In(AttemptPhase.Activating), Switched(ActivationVerdict.Degraded)).Reason);

    [Fact]
    public void What_waits_for_the_next_boot_is_known_to_be_staged()
    {
        Assert.True(Next(In(AttemptPhase.Activating), Switched(ActivationVerdict.RebootNeeded)).IsStaged);
        Assert.True(Next(In(AttemptPhase.Activating), new AttemptEvent.Staged(["the kernel"])).IsStaged);
        Assert.False(Next(In(AttemptPhase.Activating), Switched(ActivationVerdict.Done)).IsStaged);
    }

    [Fact]
    public void A_store_that_was_repaired_by_a_build_is_not_repaired_again() =>
        Assert.False(Next(In(AttemptPhase.Building) with { RepairsStore = true }, new AttemptEvent.Built(New)).RepairsStore);

    [Theory]
    [InlineData(AttemptPhase.Fetching, AttemptPhase.Fetching)]
    [InlineData(AttemptPhase.Building, AttemptPhase.Building)]
    [InlineData(AttemptPhase.Ready, AttemptPhase.Building)]
    [InlineData(AttemptPhase.Activating, AttemptPhase.Activating)]
    internal void After_a_reboot_a_build_is_looked_at_again_and_nothing_else_goes_back(AttemptPhase before, AttemptPhase after) =>
        Assert.Equal(after, AttemptStateMachine.Resume(In(before) with { BootId = "one" }, "two").Phase);

    [Theory]
    [InlineData(AttemptPhase.Fetching, 0)]
    [InlineData(AttemptPhase.Activating, 1)]
    [InlineData(AttemptPhase.Confirming, 1)]
    internal void Only_runs_that_find_a_switch_begun_are_counted(AttemptPhase phase, int resumes) =>
        Assert.Equal(resumes, AttemptStateMachine.Resume(In(phase) with { BootId = "boot" }, "boot").Resumes);

    [Fact]
    public void The_way_back_is_tried_once_more_and_ends_with_that()
    {
        var stuck = In(
            AttemptPhase.Finished) with
        { Outcome = AttemptOutcome.NeedsHuman, WillRetry = true, Rollbacks = AttemptStateMachine.MaxRollbacks };

        var again = AttemptStateMachine.GoBackAgain(stuck, DateTimeOffset.UnixEpoch)!;
        var end = Next(again, new AttemptEvent.NotRolledBack("still full"));

        Assert.Equal((AttemptPhase.RollingBack, false, stuck.Attempt + 1), (again.Phase, again.WillRetry, again.Attempt));
        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.NeedsHuman, true), (end.Phase, end.Outcome, end.WillRetry));
    }

    [Fact]
    public void Putting_the_old_system_back_is_tried_three_times_before_a_person_is_needed()
    {
        var attempt = In(AttemptPhase.RollingBack) with { Reason = "It failed." };
        for (var failures = 1; failures < 3; failures++)
        {
            attempt = Next(attempt, new AttemptEvent.NotRolledBack("full"));
            Assert.Equal((AttemptPhase.RollingBack, failures), (attempt.Phase, attempt.Rollbacks));
        }

        attempt = Next(attempt, new AttemptEvent.NotRolledBack("full"));

        Assert.Equal((AttemptPhase.Finished, AttemptOutcome.NeedsHuman), (attempt.Phase, attempt.Outcome));
    }

    [Fact]
    public void A_switch_that_failed_is_explained_by_its_problem_or_else_by_its_exit_code()
    {
        var failed = Switched(ActivationVerdict.Failed).Activation;

        Assert.Equal("It took too long.", AttemptStateMachine.Explain(failed with { Problem = "It took too long." }));
        Assert.Equal("switch-to-configuration failed with exit code 7.", AttemptStateMachine.Explain(failed with { ExitCode = 7 }));
    }

    [Fact]
    public void Only_what_passes_is_counted_as_an_excuse()
    {
        var failed = Next(In(AttemptPhase.Activating), new AttemptEvent.NotSwitched("broken", IsTransient: false));
        var passing = Next(In(AttemptPhase.Activating), new AttemptEvent.NotSwitched("full", IsTransient: true));

        Assert.Equal((0, false, 1, true), (failed.Excuses, failed.IsExcused, passing.Excuses, passing.IsExcused));
    }

    [Fact]
    public void A_self_update_that_worked_is_one_and_one_that_did_not_is_looked_at_again()
    {
        var update = In(AttemptPhase.Confirming) with { Update = "nixpkgs moved" };

        var good = Next(update, new AttemptEvent.Confirmed());
        var bad = Next(
            update with { Phase = AttemptPhase.Building },
            new AttemptEvent.Failed(AttemptOutcome.BuildFailed, "no luck", IsTransient: false));

        Assert.Equal((AttemptOutcome.AutoUpdated, false), (good.Outcome, good.WillRetry));
        Assert.Equal((AttemptOutcome.BuildFailed, true), (bad.Outcome, bad.WillRetry));
        Assert.StartsWith("nixpkgs moved: ", good.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_in_the_middle_is_due_and_none_is_not()
    {
        Assert.False(AttemptDecision.IsDue(null, DateTimeOffset.UnixEpoch));
        Assert.True(AttemptDecision.IsDue(In(AttemptPhase.Building), DateTimeOffset.UnixEpoch));
    }

    private static JournalAttempt Next(JournalAttempt attempt, AttemptEvent happened) => AttemptStateMachine.Next(attempt, happened);

    private static AttemptEvent.Switched Switched(ActivationVerdict verdict, params string[] units) =>
        new(new Activation { Verdict = verdict, ExitCode = (int)verdict, FailedUnits = units });

    private static JournalAttempt In(AttemptPhase phase) =>
        new(SomeRelease.Of(), 1, DateTimeOffset.UnixEpoch, phase) { System = New, Previous = Old };
}
