using Bento.Diagnostics;
using Bento.Rollouts;

namespace Bento.Engine.Tests.Diagnostics;

public sealed class StandingRolloutRuleTests
{
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rollout_that_goes_on_is_no_finding() =>
        Assert.Null(StandingRolloutRule.Judge(Some(), null, Began + TimeSpan.FromHours(26)));

    [Fact]
    public void One_that_stopped_is_told_with_its_reason() => Assert.Equal(
        "has stopped. 1 host failed.",
        StandingRolloutRule.Judge(Some() with { Stopped = new RolloutStop(Began, "1 host failed.") }, null, Began));

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void One_that_is_paused_is_told_after_a_day(int hours, bool isTold) => Assert.Equal(
        isTold, StandingRolloutRule.Judge(Some(), new RolloutHold(Began, "alice"), Began + TimeSpan.FromHours(hours)) is not null);

    [Fact]
    public void A_hold_speaks_for_itself_and_not_for_the_times_of_the_rollout() =>
        Assert.Null(StandingRolloutRule.Judge(Some(), new RolloutHold(Began.AddHours(27), "alice"), Began.AddHours(28)));

    [Fact]
    public void One_that_was_aborted_and_not_ended_is_told() => Assert.Contains(
        "aborted", StandingRolloutRule.Judge(Some(), new RolloutHold(Began, "alice") { IsAbort = true }, Began), StringComparison.Ordinal);

    [Theory]
    [InlineData(26, false)]
    [InlineData(28, false, 0)]
    [InlineData(28, false, 2)]
    [InlineData(31, false, 0)]
    [InlineData(32, true, 0)]
    [InlineData(33, false, 2)]
    [InlineData(34, true, 2)]
    public void One_that_nobody_continues_is_told_a_day_after_all_of_its_times(int hours, bool isTold, int settled = 0)
    {
        var state = Some() with { Waves = [new WaveEntry { Began = Began, Settled = Began + TimeSpan.FromHours(settled) }] };

        Assert.Equal(isTold, StandingRolloutRule.Judge(state, null, Began + TimeSpan.FromHours(hours)) is not null);
    }

    private static RolloutState Some() => new()
    {
        Id = "one",
        Began = Began,
        By = "alice@srv",
        Limits = new RolloutLimits
        {
            Budget = 0,
            Soak = TimeSpan.FromHours(1),
            AnswerTimeout = TimeSpan.FromHours(2),
            AbsentTimeout = TimeSpan.FromHours(4),
        },
        Waves = [new WaveEntry { Began = Began }],
        Hosts = [],
    };
}
