using Bento.Cli.Options;
using Bento.Hosts;
using Bento.Status;

namespace Bento.Cli.Tests.Options;

public sealed class StateFactorsTests
{
    private static readonly IReadOnlyList<HostStatus> Fleet =
    [
        Host("db", HostState.Failing),
        Host("mail", HostState.UpToDate, StatusFlags.Paused),
        Host("web-1", HostState.Failing, StatusFlags.Paused | StatusFlags.RebootPending),
        Host("web-2", HostState.UpToDate),
        Host("web-3", HostState.RolledBack, StatusFlags.RebootPending),
    ];

    [Theory]
    [InlineData(":failing", "db,web-1")]
    [InlineData(":Failing", null)]
    [InlineData(":rollbacked", "web-3")]
    [InlineData(":reboot-pending", "web-1,web-3")]
    [InlineData(":attention", "db,web-1,web-3")]
    [InlineData(":failing,:rollbacked", "db,web-1,web-3")]
    [InlineData(":failing+:paused", "web-1")]
    [InlineData(":failing + web-*", "web-1")]
    [InlineData(":failing+!web-*", "db")]
    [InlineData(":failing+!:paused", "db")]
    [InlineData("web-*+!:failing", "web-2,web-3")]
    [InlineData("!:failing", "mail,web-2,web-3")]
    [InlineData("!:failing,!:rollbacked", "mail,web-2")]
    [InlineData("web-*,!:failing", "web-2,web-3")]
    [InlineData("!:silent", "db,mail,web-1,web-2,web-3")]
    [InlineData("!:silent,!mail", "db,web-1,web-2,web-3")]
    [InlineData("web-*,!:silent", "web-1,web-2,web-3")]
    [InlineData("mail,:failing", "db,mail,web-1")]
    [InlineData(":silent,mail", "mail")]
    [InlineData("!:failing+!:rollbacked", "mail,web-2")]
    [InlineData(":silent", null)]
    [InlineData(":failing+:silent", null)]
    [InlineData(":flaing", null)]
    [InlineData(":", null)]
    public void A_state_in_a_selector_stands_for_the_hosts_that_are_in_it(string text, string? expected)
    {
        Assert.True(StateFactors.Has(text));
        if (expected is null)
        {
            _ = Assert.Throws<InvalidFleetException>(() => StateFactors.Expand(text, Fleet, "--on"));
            return;
        }

        var selector = HostSelector.Parse(StateFactors.Expand(text, Fleet, "--on"));

        Assert.Equal(expected, string.Join(',', Fleet.Select(status => status.Host).Where(host => selector.Matches(host, []))));
    }

    [Fact]
    public void A_host_that_nobody_knows_yet_is_in_no_state()
    {
        var selector = HostSelector.Parse(StateFactors.Expand("!:failing", Fleet, "--on"));

        Assert.True(selector.Matches(HostName.Parse("new"), []));
    }

    [Fact]
    public void A_slip_of_the_pen_is_answered_with_the_word_that_was_meant()
    {
        var problem = Assert.Single(
            Assert.Throws<InvalidFleetException>(() => StateFactors.Expand(":fialing", Fleet, "--on")).Problems);

        Assert.Equal("--on", problem.Path);
        Assert.Contains("Did you mean 'failing'?", problem.Message, StringComparison.Ordinal);
    }

    private static HostStatus Host(string name, HostState state, StatusFlags flags = StatusFlags.None) =>
        new() { Host = HostName.Parse(name), State = state, Flags = flags, Reason = string.Empty };
}
