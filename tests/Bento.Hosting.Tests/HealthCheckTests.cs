using Bento.Agents;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bento.Hosting.Tests;

public sealed class HealthCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public static TheoryData<AgentResult?, string?, HealthStatus> Agents => new()
    {
        { null, null, HealthStatus.Degraded },
        { null, "No state directory.", HealthStatus.Unhealthy },
        { new AgentResult(AgentConclusion.UpToDate, "Nothing new."), null, HealthStatus.Healthy },
        { new AgentResult(AgentConclusion.UpToDate, "Nothing new.") { LockedSecrets = "No key." }, null, HealthStatus.Degraded },
        { new AgentResult(AgentConclusion.Unreachable, "Away."), null, HealthStatus.Degraded },
        { new AgentResult(AgentConclusion.Refused, "Stale."), null, HealthStatus.Degraded },
        { Attempted(AttemptOutcome.Succeeded), null, HealthStatus.Healthy },
        { Attempted(AttemptOutcome.RolledBack), null, HealthStatus.Degraded },
    };

    [Theory]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(3, HealthStatus.Healthy)]
    [InlineData(4, HealthStatus.Unhealthy)]
    public void A_look_may_be_late_and_not_missing(int minutes, HealthStatus expected) => Assert.Equal(
        expected,
        ServerHealthCheck.Judge(
            new WatchedFleet { SeenAt = Now - TimeSpan.FromMinutes(minutes) }, Interval, Now, HealthStatus.Unhealthy).Status);

    [Fact]
    public void A_fleet_that_cannot_be_looked_at_is_unhealthy_with_its_reason_however_young_the_last_look_is()
    {
        var fleet = new WatchedFleet { SeenAt = Now, Problem = "Nobody answers.", ProblemSince = Now };

        var result = ServerHealthCheck.Judge(fleet, Interval, Now, HealthStatus.Unhealthy);

        Assert.Equal((HealthStatus.Unhealthy, "Nobody answers."), (result.Status, result.Description));
        Assert.Equal(Now, result.Data["problemSince"]);
    }

    [Fact]
    public void Before_the_first_look_nobody_is_healthy_and_nothing_has_failed() => Assert.Equal(
        HealthStatus.Degraded, ServerHealthCheck.Judge(new WatchedFleet(), Interval, Now, HealthStatus.Unhealthy).Status);

    [Fact]
    public void Hosts_that_need_attention_are_named_and_of_many_a_few()
    {
        var hosts = Enumerable.Range(1, 9).Select(index => Host($"h{index}", index > 2 ? HostState.Failing : HostState.UpToDate)).ToList();

        var result = HostsHealthCheck.Judge(hosts, HealthStatus.Degraded);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.StartsWith("7 of 9 hosts need attention: h3: It failed.; h4: ", result.Description);
        Assert.EndsWith("; and 2 more", result.Description);
        Assert.Equal((2, 7), (result.Data["UpToDate"], result.Data["Failing"]));
    }

    [Fact]
    public void A_fleet_that_is_well_is_healthy() => Assert.Equal(
        HealthStatus.Healthy, HostsHealthCheck.Judge([Host("h1", HostState.UpToDate)], HealthStatus.Degraded).Status);

    [Theory]
    [MemberData(nameof(Agents))]
    public void An_agent_is_as_well_as_its_last_poll(AgentResult? last, string? problem, HealthStatus expected) =>
        Assert.Equal(expected, AgentHealthCheck.Judge(problem, last, HealthStatus.Unhealthy).Status);

    private static AgentResult Attempted(AttemptOutcome outcome) => new(AgentConclusion.Attempted, "It ended.") { Outcome = outcome };

    private static HostStatus Host(string name, HostState state) =>
        new() { Host = HostName.Parse(name), State = state, Reason = "It failed." };
}
