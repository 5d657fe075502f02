using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class ReleaseNumberTests
{
    private static readonly Gen<ReleaseNumber> Numbers = Gen.Select(
        Gen.Long[0, 3], Gen.Long[0, 3], (epoch, sequence) => new ReleaseNumber(epoch, sequence));

    [Fact]
    public void A_later_epoch_comes_after_every_sequence_before_it()
    {
        Assert.True(new ReleaseNumber(1, 1) > new ReleaseNumber(0, long.MaxValue));
        Assert.True(new ReleaseNumber(0, 2) > new ReleaseNumber(0, 1));
    }

    [Fact]
    public void The_operators_say_what_the_comparison_says() => Numbers.Select(Numbers).Sample((left, right) =>
    {
        var order = left.CompareTo(right);

        Assert.Equal(order < 0, left < right);
        Assert.Equal(order <= 0, left <= right);
        Assert.Equal(order > 0, left > right);
        Assert.Equal(order >= 0, left >= right);
        Assert.Equal(order == 0, left == right);
        Assert.Equal(-Math.Sign(order), Math.Sign(right.CompareTo(left)));
    });

    [Fact]
    public void The_first_epoch_is_not_worth_a_word()
    {
        Assert.Equal("7", new ReleaseNumber(0, 7).ToString());
        Assert.Equal("2.7", new ReleaseNumber(2, 7).ToString());
        Assert.Equal("0", default(ReleaseNumber).ToString());
    }
}
