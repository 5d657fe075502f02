using Bento.Agents.Attempts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class HoldRuleTests
{
    private static readonly DateTimeOffset Since = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly HoldBack AnHour = new() { WhileLoggedIn = true, AtMost = TimeSpan.FromHours(1) };

    [Theory]
    [InlineData(0, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(-59, false)]
    [InlineData(-60, true)]
    public void A_host_holds_itself_back_for_so_long_and_no_longer(int minutes, bool isOver) =>
        Assert.Equal(isOver, HoldRule.IsOver(AnHour, Since, Since.AddMinutes(minutes)));

    [Fact]
    public void What_has_not_begun_is_not_over() => Assert.False(HoldRule.IsOver(AnHour, null, Since));

    [Fact]
    public void The_reason_says_who_and_until_when() => Assert.Equal(
        "The switch waits: alice is logged in. It goes on all the same after 2026-06-03 13:00:00Z.",
        HoldRule.Explain("The switch", "alice is logged in", AnHour, Since));
}
