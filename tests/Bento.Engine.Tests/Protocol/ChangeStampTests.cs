using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Protocol;

public sealed class ChangeStampTests
{
    [Fact]
    public void Without_a_script_it_is_one_line_with_time_and_id()
    {
        var release = SomeRelease.Of("h1", sequence: 7);

        Assert.Equal($"{release.Issued:O} {release.Id}\n", ChangeStamp.Of(release, null));
    }

    [Fact]
    public void S6_Two_releases_one_after_the_other_never_have_stamps_of_one_length()
    {
        var lengths = Enumerable.Range(1, 130)
            .Select(sequence => ChangeStamp.Of(SomeRelease.Of("h1", sequence: sequence), "script").Length)
            .ToList();

        Assert.All(lengths.Zip(lengths.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(lengths, length => Assert.InRange(length, 1, 256));
    }

    [Fact]
    public void It_names_its_release_and_its_script_and_no_other()
    {
        var release = SomeRelease.Of("h1", sequence: 1);
        var stamp = ChangeStamp.Of(release, "script");

        Assert.True(ChangeStamp.Names(stamp, release, "script"));
        Assert.True(ChangeStamp.Names(stamp, release, null));
        Assert.False(ChangeStamp.Names(stamp, release, "another"));
        Assert.False(ChangeStamp.Names(stamp, release with { Id = ReleaseId.Parse(new string('0', 32)) }, "script"));
    }
}
