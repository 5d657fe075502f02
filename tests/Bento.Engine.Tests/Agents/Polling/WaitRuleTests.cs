using Bento.Agents.Polling;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Polling;

public sealed class WaitRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, AgentPause?, HostFreeze?> Waits => new()
    {
        { "", null, null },
        { "the agent is paused since 2026-06-03 11:00:00Z.", Pause(null), null },
        { "the agent is paused since 2026-06-03 11:00:00Z (exam).", Pause("exam"), null },
        { "the agent is paused since 2026-06-03 11:00:00Z (exam).", Pause("exam"), Freeze(1) },
        { "the operator froze this host until 2026-06-03 13:00:00Z (fair).", null, Freeze(1) },
        { "", null, Freeze(-1) },
        { "the operator froze this host (fair).", null, Freeze(null) },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public void An_agent_begins_nothing_while_somebody_paused_it_or_froze_its_host(string reason, AgentPause? pause, HostFreeze? freeze) =>
        Assert.Equal(reason, WaitRule.Find(pause, freeze, Now) ?? string.Empty);

    private static AgentPause Pause(string? reason) => new() { Since = Now.AddHours(-1), Reason = reason, Until = null };

    private static HostFreeze Freeze(int? hours) =>
        new() { Reason = "fair", Since = Now.AddDays(-1), Until = hours is { } some ? Now.AddHours(some) : null };
}
