using Bento.Agents.Polling;
using Bento.Transport;

namespace Bento.Engine.Tests.Agents.Polling;

public sealed class ReleaseWatchTests
{
    private static readonly AreaEntry One = new("release.json", true, 900, DateTimeOffset.UnixEpoch);
    private static readonly AreaEntry Two = One with { Changed = DateTimeOffset.UnixEpoch.AddSeconds(1) };

    [Fact]
    public void What_was_never_read_must_be() => Assert.True(ReleaseWatch.Blind.Saw(One, At(0)).MustRead(At(0)));

    [Fact]
    public void S6_two_releases_in_one_second_are_both_read()
    {
        var watch = ReleaseWatch.Blind.Saw(One, At(0)).HasRead(At(0.5));

        Assert.True(watch.Saw(One, At(60)).MustRead(At(60)));
        Assert.False(watch.Saw(One, At(60)).HasRead(At(60)).Saw(One, At(120)).MustRead(At(120)));
    }

    [Fact]
    public void What_changed_is_read()
    {
        var settled = Settled();

        Assert.True(settled.Saw(Two, At(120)).MustRead(At(120)));
        Assert.True(settled.Saw(One with { SizeBytes = 901 }, At(120)).MustRead(At(120)));
        Assert.True(settled.Saw(null, At(120)).MustRead(At(120)));
        Assert.False(settled.Saw(One, At(120)).MustRead(At(120)));
    }

    [Fact]
    public void Once_an_hour_it_is_read_all_the_same() => Assert.True(Settled().Saw(One, At(3661)).MustRead(At(3661)));

    private static ReleaseWatch Settled() => ReleaseWatch.Blind.Saw(One, At(0)).HasRead(At(0)).Saw(One, At(60)).HasRead(At(60));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
