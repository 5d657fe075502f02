using Bento.Agents.Journal;
using Bento.Agents.SelfUpdate;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.SelfUpdate;

public sealed class SelfUpdateRuleTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void The_first_look_comes_within_an_interval_another_time_for_each_host()
    {
        Assert.False(IsDue(After(), Start + (Day * 0.49)));
        Assert.True(IsDue(After(), Start + (Day * 0.5)));
    }

    [Fact]
    public void The_next_look_comes_an_interval_later_at_the_earliest()
    {
        var looked = After() with { SelfUpdate = new SelfUpdateLook(Start + Day, 0) };

        Assert.False(IsDue(looked, Start + (Day * 2)));
        Assert.True(IsDue(looked, Start + (Day * 2.1)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(30, 8)]
    public void Looks_that_fail_are_put_off_longer_each_time_but_not_for_ever(int failures, int days)
    {
        var failed = After() with { SelfUpdate = new SelfUpdateLook(Start, failures) };

        Assert.False(IsDue(failed, Start + (Day * days)));
        Assert.True(IsDue(failed, Start + (Day * days * 1.1)));
    }

    [Fact]
    public void A_clock_that_went_back_holds_no_look_for_ever() =>
        Assert.True(IsDue(After() with { SelfUpdate = new SelfUpdateLook(Start + (Day * 1000), 0) }, Start + Day));

    [Fact]
    public void Only_a_host_that_has_its_release_and_may_updates_itself()
    {
        var later = Start + (Day * 9);

        Assert.True(IsDue(After(), later));
        Assert.True(IsDue(After(AttemptOutcome.RolledBack, "Self-update of nixpkgs"), later));
        Assert.False(IsDue(After(AttemptOutcome.RolledBack), later));
        Assert.False(IsDue(After(AttemptOutcome.NeedsHuman, "Self-update of nixpkgs"), later));
        Assert.False(IsDue(AgentJournal.Empty, later));
        Assert.False(IsDue(With(attempt => attempt with { Phase = AttemptPhase.Ready }), later));
        Assert.False(IsDue(With(attempt => attempt with { Release = attempt.Release with { Policy = HostPolicy.Default } }), later));
        Assert.False(IsDue(With(attempt => attempt with { Release = attempt.Release with { Kind = ConfigurationKind.Channel } }), later));
    }

    private static bool IsDue(AgentJournal journal, DateTimeOffset now) => SelfUpdateRule.IsDue(journal, Day, jitter: 0.5, now);

    private static AgentJournal With(Func<JournalAttempt, JournalAttempt> change) => After() with { Attempt = change(After().Attempt!) };

    private static AgentJournal After(AttemptOutcome outcome = AttemptOutcome.Succeeded, string? update = null) => new()
    {
        Attempt = new JournalAttempt(
            SomeRelease.Of() with { Kind = ConfigurationKind.Flake, Policy = new HostPolicy { SelfUpdate = true } },
            1,
            Start,
            AttemptPhase.Finished)
        {
            Outcome = outcome,
            Update = update,
        },
    };
}
