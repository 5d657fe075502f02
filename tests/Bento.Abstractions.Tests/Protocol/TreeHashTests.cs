using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class TreeHashTests
{
    [Fact]
    public void Thirty_two_bytes_make_a_hash_that_is_read_back() =>
        Gen.Byte.Array[32].Sample(bytes => TreeHash.Parse(TreeHash.FromBytes(bytes).ToString()) == TreeHash.FromBytes(bytes));

    [Theory]
    [InlineData("")]
    [InlineData("sha256-")]
    [InlineData("pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=")]
    [InlineData("sha512-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=")]
    [InlineData("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo")]
    [InlineData("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmp=")]
    [InlineData("sha256- pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=")]
    [InlineData("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmoAAAA=")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(TreeHash.TryParse(text, null, out var hash));

        Assert.Equal(default, hash);
        Assert.Throws<FormatException>(() => TreeHash.Parse(text));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_number_of_bytes_is_a_mistake_of_the_caller(int count) =>
        Assert.Throws<ArgumentException>(() => TreeHash.FromBytes(new byte[count]));

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(TreeHash).ToString());
}
