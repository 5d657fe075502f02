using Bento.Notifications;
using Bento.Status;

namespace Bento.Engine.Tests.Notifications;

public sealed class NotificationRuleTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Theory]
    [InlineData(null, HostState.Failing, true)]
    [InlineData(null, HostState.UpToDate, false)]
    [InlineData(null, HostState.Updating, false)]
    [InlineData(HostState.Failing, HostState.Failing, false)]
    [InlineData(HostState.Failing, HostState.Silent, true)]
    [InlineData(HostState.Failing, HostState.UpToDate, true)]
    [InlineData(HostState.Failing, HostState.Updating, false)]
    [InlineData(HostState.Failing, HostState.RebuildPending, false)]
    [InlineData(HostState.Silent, HostState.Removed, true)]
    internal void Only_changes_are_told(HostState? told, HostState now, bool isNews)
    {
        var before = told is { } state ? new Dictionary<HostName, HostState> { [Web] = state } : [];

        var changes = NotificationRule.Changes(before, [Status(now)]);
        var after = NotificationRule.After(before, [Status(now)]);

        Assert.Equal(isNews, changes.Count == 1);
        Assert.Empty(NotificationRule.Changes(after, [Status(now)]));
        Assert.All(changes, change => Assert.Equal((told, now), (change.Before, change.State)));
    }

    [Fact]
    public void A_host_that_is_tried_again_after_it_failed_is_still_told_to_be_well_again()
    {
        var failing = NotificationRule.After(new Dictionary<HostName, HostState>(), [Status(HostState.Failing)]);
        var updating = NotificationRule.After(failing, [Status(HostState.Updating)]);

        Assert.False(Assert.Single(NotificationRule.Changes(updating, [Status(HostState.UpToDate)])).NeedsAttention);
    }

    [Fact]
    public void A_flag_that_needs_somebody_is_told_as_a_state_is() => Assert.True(Assert.Single(NotificationRule.Changes(
        new Dictionary<HostName, HostState>(), [Status(HostState.UpToDate) with { Flags = StatusFlags.Degraded }])).NeedsAttention);

    [Fact]
    public void Those_that_need_somebody_come_first()
    {
        var told = new Dictionary<HostName, HostState> { [HostName.Parse("a")] = HostState.Failing };

        var changes = NotificationRule.Changes(
            told, [Status(HostState.UpToDate) with { Host = HostName.Parse("a") }, Status(HostState.Failing)]);

        Assert.Equal(["web", "a"], changes.Select(change => change.Host.ToString()));
    }

    [Fact]
    public void Of_those_that_need_somebody_the_names_are_in_order() => Assert.Equal(
        ["a", "b", "web"],
        NotificationRule.Changes(
            new Dictionary<HostName, HostState>(),
            [
                Status(HostState.Failing),
                Status(HostState.Failing) with { Host = HostName.Parse("b") },
                Status(HostState.Failing) with { Host = HostName.Parse("a") },
            ]).Select(change => change.Host.ToString()));

    [Fact]
    public void What_was_told_stays_told_while_the_host_is_neither_well_nor_in_need() => Assert.Equal(
        HostState.Failing,
        NotificationRule.After(
            new Dictionary<HostName, HostState> { [Web] = HostState.Failing }, [Status(HostState.Updating)])[Web]);

    [Fact]
    public void The_text_counts_and_names_the_first_hosts()
    {
        var notification = new Notification
        {
            Fleet = FleetName.Parse("lab"),
            At = DateTimeOffset.UnixEpoch,
            Changes =
            [
                .. Enumerable.Range(1, 12).Select(n => new HostTurn(HostName.Parse($"h{n}"), HostState.Failing)
                {
                    Reason = "It broke.",
                    NeedsAttention = true,
                }),
                new HostTurn(Web, HostState.UpToDate) { Reason = "Fine.", NeedsAttention = false },
            ],
        };

        var lines = NotificationJson.Text(notification).Split('\n');

        Assert.Equal("lab: 12 hosts need attention, 1 host is well again", lines[0]);
        Assert.Equal(("h1: It broke.", 12, "and 3 more"), (lines[1], lines.Length, lines[^1]));
    }

    private static HostStatus Status(HostState state) => new() { Host = Web, State = state, Reason = "It is so." };
}
