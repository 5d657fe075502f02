using Bento.Rollouts;

namespace Bento.Engine.Tests.Rollouts;

public sealed class WaveAssignmentTests
{
    /// <summary>Forty hosts h01 to h40, of which h02 and h03 have the tag canary.</summary>
    [Theory]
    [InlineData("1 10%", "0 1 4 35")]
    [InlineData("@canary 10% 50%", "0 2 4 20 14")]
    [InlineData("10% 10%", "0 4 4 32")]
    [InlineData("1% 100%", "0 1 39")]
    [InlineData("100", "0 40")]
    [InlineData("@nobody 5", "0 5 35")]
    [InlineData("h0* 31", "0 9 31")]
    [InlineData("", "0 40")]
    public void Each_wave_takes_of_the_hosts_that_are_left_and_what_no_wave_takes_is_the_last(string waves, string sizes)
    {
        var (entries, hosts) = Assign(waves, Fleet());

        Assert.Equal(sizes, string.Join(' ', entries.Select((_, index) => hosts.Values.Count(wave => wave == index))));
    }

    [Fact]
    public void Who_is_there_comes_before_who_is_away()
    {
        var (_, hosts) = Assign("1", Fleet().Select(host => host with { IsAway = host.Host.ToString() is "h01" or "h02" }));

        Assert.Equal("h03", hosts.Single(host => host.Value == 1).Key.ToString());
    }

    [Fact]
    public void A_selector_takes_its_hosts_also_when_they_are_away()
    {
        var (_, hosts) = Assign("@canary", Fleet().Select(host => host with { IsAway = true }));

        Assert.Equal(["h02", "h03"], hosts.Where(host => host.Value == 1).Select(host => host.Key.ToString()).Order());
    }

    [Fact]
    public void An_urgent_host_is_in_no_wave_and_makes_none_larger()
    {
        var (entries, hosts) = Assign("50%", Fleet().Select(host => host with { IsUrgent = host.Host.ToString() is "h01" or "h02" }));

        Assert.Equal([2, 19, 19], entries.Select((_, index) => hosts.Values.Count(wave => wave == index)));
    }

    [Fact]
    public void The_same_hosts_have_the_same_waves_in_whatever_order_they_come()
    {
        var (_, forwards) = Assign("3 @canary 30%", Fleet());
        var (_, backwards) = Assign("3 @canary 30%", Fleet().Reverse());

        Assert.Equal(forwards.OrderBy(host => host.Key), backwards.OrderBy(host => host.Key));
    }

    private static (IReadOnlyList<WaveEntry> Waves, IReadOnlyDictionary<HostName, int> Hosts) Assign(
        string waves, IEnumerable<RolloutCandidate> hosts) => WaveAssignment.Assign(
            [.. waves.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(size => new RolloutWave(WaveSize.Parse(size)))], [.. hosts]);

    private static IEnumerable<RolloutCandidate> Fleet() => Enumerable.Range(1, 40)
        .Select(n => new RolloutCandidate(HostName.Parse($"h{n:00}"), n is 2 or 3 ? ["canary"] : []));
}
