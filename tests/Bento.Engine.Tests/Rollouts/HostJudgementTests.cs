using Bento.Protocol;
using Bento.Rollouts;
using Bento.Status;

namespace Bento.Engine.Tests.Rollouts;

public sealed class HostJudgementTests
{
    private static readonly DateTimeOffset Published = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ReleaseNumber Number = new(0, 7);
    private static readonly RolloutLimits Limits = new()
    {
        Budget = 0,
        Soak = TimeSpan.Zero,
        AnswerTimeout = TimeSpan.FromMinutes(60),
        AbsentTimeout = TimeSpan.FromMinutes(10),
    };

    /// <summary>A host that was there when its release was published, and how it stands so many minutes later.</summary>
    [Theory]
    [InlineData(HostState.RebuildPending, 59, RolloutHostState.Waiting)]
    [InlineData(HostState.RebuildPending, 60, RolloutHostState.TimedOut)]
    [InlineData(HostState.Updating, 59, RolloutHostState.Waiting)]
    [InlineData(HostState.Updating, 60, RolloutHostState.TimedOut)]
    [InlineData(HostState.Silent, 59, RolloutHostState.Waiting)]
    [InlineData(HostState.Silent, 60, RolloutHostState.TimedOut)]
    [InlineData(HostState.UpToDate, 60, RolloutHostState.Confirmed)]
    [InlineData(HostState.AutoUpdated, 60, RolloutHostState.Confirmed)]
    [InlineData(HostState.RolledBack, 1, RolloutHostState.Failed)]
    [InlineData(HostState.Failing, 1, RolloutHostState.Failed)]
    [InlineData(HostState.Refused, 1, RolloutHostState.Failed)]
    public void A_host_that_was_there_answers_in_its_time_or_counts_as_failed(HostState state, int minutes, RolloutHostState expected) =>
        Assert.Equal(expected, Look(There(), Status(state), minutes).State);

    [Theory]
    [InlineData(HostState.Silent, StatusFlags.None, -5)]
    [InlineData(HostState.RebuildPending, StatusFlags.Paused, 5)]
    public void A_host_that_was_away_or_paused_and_still_is_counts_against_nothing_however_long_it_takes(
        HostState state, StatusFlags flags, int seen)
    {
        var status = Status(state) with { Flags = flags, LastSeen = Published.AddMinutes(seen) };

        Assert.Equal((RolloutHostState.Away, (DateTimeOffset?)Published.AddMinutes(10)), Seen(Look(Gone(), status, 9)));
        Assert.Equal((RolloutHostState.Away, null), Seen(Look(Gone(), status, 10)));
        Assert.Equal((RolloutHostState.Away, null), Seen(Look(Gone(), status, 100_000)));
    }

    [Fact]
    public void The_time_of_a_host_that_comes_back_begins_when_it_is_seen_again()
    {
        var back = HostJudgement.Observe(
            Gone(), Status(HostState.RebuildPending) with { LastSeen = Published.AddMinutes(30) }, Published.AddMinutes(31));

        var status = Status(HostState.Silent) with { LastSeen = Published.AddMinutes(30) };
        Assert.Equal(RolloutHostState.Waiting, Look(back, status, 90).State);
        Assert.Equal(RolloutHostState.TimedOut, Look(back, status, 91).State);
    }

    [Fact]
    public void The_time_of_a_host_that_is_paused_meanwhile_does_not_run()
    {
        var paused = Status(HostState.RebuildPending) with { Flags = StatusFlags.Paused, LastSeen = Published.AddMinutes(50) };
        var entry = HostJudgement.Observe(There(), paused, Published.AddMinutes(50));

        Assert.Equal(RolloutHostState.Away, Look(entry, paused, 500).State);
    }

    [Fact]
    public void A_host_that_ran_the_release_once_may_go_away()
    {
        var entry = HostJudgement.Observe(There(), Status(HostState.UpToDate), Published.AddMinutes(5));

        Assert.Equal(RolloutHostState.Confirmed, Look(entry, Status(HostState.Silent), 500).State);
        Assert.Equal(RolloutHostState.Failed, Look(entry, Status(HostState.Failing), 500).State);
    }

    [Theory]
    [InlineData(HostState.RolledBack, false, RolloutHostState.Replaced)]
    [InlineData(HostState.UpToDate, false, RolloutHostState.Replaced)]
    [InlineData(HostState.RebuildPending, true, RolloutHostState.Confirmed)]
    [InlineData(HostState.RolledBack, true, RolloutHostState.Confirmed)]
    public void What_becomes_of_a_later_release_is_not_the_business_of_the_rollout(
        HostState state, bool isConfirmed, RolloutHostState expected) => Assert.Equal(
            expected, Look(There() with { IsConfirmed = isConfirmed }, Status(state) with { Number = new ReleaseNumber(0, 8) }, 500).State);

    [Fact]
    public void A_release_that_could_not_be_published_is_a_failure_of_its_host()
    {
        var host = Look(new RolloutMember(HostName.Parse("web"), 1) { Failure = "disk full" }, null, 0);

        Assert.Equal((RolloutHostState.Failed, "disk full"), (host.State, host.Reason));
    }

    private static (RolloutHostState, DateTimeOffset?) Seen(RolloutHost host) => (host.State, host.Until);

    private static RolloutHost Look(RolloutMember entry, HostStatus? status, int minutes) =>
        HostJudgement.Judge(
            HostJudgement.Observe(entry, status, Published.AddMinutes(minutes)), status, Limits, Published.AddMinutes(minutes));

    private static RolloutMember There() => Gone() with { PresentSince = Published };

    private static RolloutMember Gone() => new(HostName.Parse("web"), 1)
    {
        Number = Number,
        Published = Published,
        SeenBefore = Published.AddMinutes(-5),
    };

    private static HostStatus Status(HostState state) => new()
    {
        Host = HostName.Parse("web"),
        State = state,
        Reason = "Because.",
        Number = Number,
        LastSeen = Published.AddMinutes(1),
    };
}
