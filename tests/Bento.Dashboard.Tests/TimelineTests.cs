using Bento.Status;
using Dashboard.Board;

namespace Bento.Dashboard.Tests;

/// <summary>What the charts say of the past, from records and from looks.</summary>
public sealed class TimelineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_host_is_on_its_way_from_a_publication_to_its_result_and_runs_the_old_version_until_then()
    {
        var host = MadeHosts.Host(5, Now);
        var steps = TimelinePast.Of(MadeHosts.Record(host, 1, Now));

        Assert.Equal(
            ["Moving ", "Well b02e6cf", "Moving b02e6cf", "Well v25.11.2", "Moving v25.11.2", "Wrong v25.11.2"],
            steps.Select(step => $"{step.Weight} {step.Version}"));
        Assert.Equal(steps.OrderBy(step => step.At), steps);
    }

    [Fact]
    public void The_chart_counts_every_host_once_and_joins_past_and_looks()
    {
        var timeline = new Timeline();
        var hosts = MadeHosts.Fleet(120, Now);
        timeline.Add(hosts, Now);
        timeline.AddPast(hosts.Select((host, n) => (host, n)).ToDictionary(
            entry => entry.host.Host, entry => MadeHosts.Record(entry.host, entry.n, Now)));
        timeline.Add([.. hosts.Select(host => host with { State = HostState.Silent })], Now.AddMinutes(1));

        var before = timeline.Read(7, Now);
        var after = timeline.Read(1, Now.AddMinutes(2));

        Assert.Equal(120, before.States.Sum(series => series.Counts[^1]));
        Assert.Equal(120, before.Versions.Sum(series => series.Counts[^1]));
        Assert.True(before.Versions.Count <= 6);
        Assert.Equal(hosts.Count(host => host.NeedsAttention), before.States.Single(series => series.Name == "Wrong").Counts[^1]);
        Assert.Equal(120, after.States.Single(series => series.Name == "Wrong").Counts[^1]);
        Assert.True(before.States.Sum(series => series.Counts[0]) < 120, "Seven days ago not all of them were there.");
    }
}
