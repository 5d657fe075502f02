using Bento.Rollouts;

namespace Bento.Engine.Tests.Rollouts;

public sealed class RolloutRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Soak = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Waves from wave 0 on, each as <c>queued/waiting</c> and words: <c>begun</c>, <c>ask</c> for one that needs approval, and <c>5</c>
    /// for one that settled so many minutes ago.
    /// </summary>
    [Theory]
    [InlineData("0/0|3/0|5/0", RolloutPhase.Ready, 1)]
    [InlineData("2/0|3/0|5/0", RolloutPhase.Ready, 0)]
    [InlineData("0/2 begun|3/0|5/0", RolloutPhase.Ready, 1)]
    [InlineData("0/2 begun|0/0 begun 0", RolloutPhase.Finished, 0)]
    [InlineData("0/0|0/3 begun|5/0", RolloutPhase.Waiting, 1)]
    [InlineData("0/0|1/2 begun|5/0", RolloutPhase.Ready, 1)]
    [InlineData("0/0|1/2 begun ask|5/0", RolloutPhase.Ready, 1)]
    [InlineData("0/0|0/0 begun 9|5/0", RolloutPhase.Soaking, 1)]
    [InlineData("0/0|0/0 begun|5/0", RolloutPhase.Soaking, 1)]
    [InlineData("0/0|0/0 begun 10|5/0", RolloutPhase.Ready, 2)]
    [InlineData("0/0|0/1 begun 10|5/0", RolloutPhase.Ready, 2)]
    [InlineData("0/0|0/0 begun 10|5/0 ask", RolloutPhase.NeedsApproval, 2)]
    [InlineData("0/0|0/0 begun 9|5/0 ask", RolloutPhase.Soaking, 1)]
    [InlineData("0/0|3/0 ask|5/0", RolloutPhase.NeedsApproval, 1)]
    [InlineData("0/0|0/0 begun 60|0/1 begun", RolloutPhase.Waiting, 2)]
    [InlineData("0/0|0/0 begun 60|0/0 begun 0", RolloutPhase.Finished, 0)]
    [InlineData("0/0|0/0 begun 1|0/0", RolloutPhase.Finished, 0)]
    [InlineData("0/0", RolloutPhase.Finished, 0)]
    public void The_first_thing_that_is_left_to_do_decides(string waves, RolloutPhase phase, int wave)
    {
        var decision = RolloutRule.Decide(Facts(waves), Now);

        Assert.Equal((phase, wave), (decision.Phase, decision.Wave));
    }

    [Theory]
    [InlineData(0, 0, RolloutPhase.Ready)]
    [InlineData(1, 0, RolloutPhase.Stopped)]
    [InlineData(2, 2, RolloutPhase.Ready)]
    [InlineData(3, 2, RolloutPhase.Stopped)]
    public void One_failure_more_than_may_be_stops_it(int failures, int budget, RolloutPhase phase) =>
        Assert.Equal(phase, RolloutRule.Decide(Facts("0/0|3/0") with { Failures = failures, Budget = budget }, Now).Phase);

    [Fact]
    public void It_stays_stopped_when_hosts_recover() =>
        Assert.Equal(RolloutPhase.Stopped, RolloutRule.Decide(Facts("0/0|3/0") with { IsStopped = true }, Now).Phase);

    [Theory]
    [InlineData(true, true, true, RolloutPhase.Aborted)]
    [InlineData(false, true, true, RolloutPhase.Stopped)]
    [InlineData(false, false, true, RolloutPhase.Paused)]
    public void What_an_operator_said_and_what_it_did_by_itself_lie_beside_each_other(
        bool isAborted, bool isStopped, bool isPaused, RolloutPhase phase) => Assert.Equal(
            phase,
            RolloutRule.Decide(Facts("0/0|3/0") with { IsAborted = isAborted, IsStopped = isStopped, IsPaused = isPaused }, Now).Phase);

    [Theory]
    [InlineData(RolloutPhase.Finished)]
    [InlineData(RolloutPhase.Undone)]
    public void What_has_ended_stays_ended(RolloutPhase ended) => Assert.Equal(
        ended, RolloutRule.Decide(Facts("0/0|3/0") with { Ended = ended, IsAborted = true, Failures = 9 }, Now).Phase);

    [Fact]
    public void It_says_until_when_it_waits_and_soaks()
    {
        Assert.Equal(Now.AddMinutes(3), RolloutRule.Decide(Facts("0/0|0/1 begun"), Now).Until);
        Assert.Equal(Now.AddMinutes(6), RolloutRule.Decide(Facts("0/0|0/0 begun 4|1/0"), Now).Until);
        Assert.Null(RolloutRule.Decide(Facts("0/0|1/0"), Now).Until);
    }

    private static RolloutFacts Facts(string waves) => new()
    {
        Soak = Soak,
        Waves = [.. waves.Split('|').Select((text, index) => Wave(text.Split(' '), index))],
    };

    private static WaveFacts Wave(string[] words, int index)
    {
        var settled = words.Skip(1).Where(word => char.IsAsciiDigit(word[0])).Select(int.Parse).ToList();
        return new WaveFacts
        {
            Index = index,
            Queued = int.Parse(words[0].Split('/')[0]),
            Waiting = int.Parse(words[0].Split('/')[1]),
            WaitsUntil = words[0].EndsWith("/0", StringComparison.Ordinal) ? null : Now.AddMinutes(3),
            IsBegun = words.Contains("begun"),
            NeedsApproval = words.Contains("ask"),
            Settled = settled.Count > 0 ? Now.AddMinutes(-settled[0]) : null,
        };
    }
}
