using Bento.Agents.Attempts;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class RetryPauseTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 256)]
    [InlineData(10, 360)]
    [InlineData(int.MaxValue, 360)]
    public void Each_pause_is_twice_the_one_before_up_to_six_hours(int attempt, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), RetryPause.After(attempt, jitter: 1));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.5, 45)]
    [InlineData(1, 60)]
    public void Hosts_spread_over_its_second_half(double jitter, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPause.After(1, jitter));
}
