using Bento.Diagnostics;
using Bento.Rollouts;

namespace Bento.Engine.Tests.Diagnostics;

public sealed class RolloutExaminationTests
{
    private static readonly DateTimeOffset Began = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rollout_that_goes_on_is_no_finding() =>
        Assert.Null(RolloutExamination.Judge(Some(), null, Began + TimeSpan.FromHours(26)));

    [Fact]
    public void One_that_stopped_is_told_with_its_reason() => Assert.Equal(
        "has stopped. 1 host failed.",
        RolloutExamination.Judge(Some() with { Stopped = new RolloutStop(Began, "1 host failed.") }, null, Began));

    [Theory]
    [InlineData(24, false)]
    [InlineData(25, true)]
    public void One_that_is_paused_is_told_after_a_day(int hours, bool isTold) => Assert.Equal(
        isTold, RolloutExamination.Judge(Some(), new RolloutHold(Began, "alice"), Began + TimeSpan.FromHours(hours)) is not null);

    [Fact]
    public void One_that_was_aborted_and_not_ended_is_told() => Assert.Contains(
        "aborted", RolloutExamination.Judge(Some(), new RolloutHold(Began, "alice") { IsAbort = true }, Began), StringComparison.Ordinal);

    [Theory]
    [InlineData(26, false)]
    [InlineData(28, true)]
    [InlineData(28, false, 2)]
    public void One_that_nobody_continues_is_told_a_day_after_all_of_its_times(int hours, bool isTold, int settled = 0)
    {
        var state = Some() with { Waves = [new WaveEntry { Began = Began, Settled = Began + TimeSpan.FromHours(settled) }] };

        Assert.Equal(isTold, RolloutExamination.Judge(state, null, Began + TimeSpan.FromHours(hours)) is not null);
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
            AbsentTimeout = TimeSpan.Zero,
        },
        Waves = [new WaveEntry { Began = Began }],
        Hosts = [],
    };
}
