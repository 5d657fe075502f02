using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class ContentHashTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Thirty_two_bytes_make_a_hash_that_is_read_back() =>
        Gen.Byte.Array[32].Sample(bytes => ContentHash.Parse(ContentHash.FromBytes(bytes).ToString()) == ContentHash.FromBytes(bytes));

    [Theory]
    [InlineData("")]
    [InlineData(Hash + "0")]
    [InlineData("../../../../../../../../../../../../../../../../../../../../../x")]
    [InlineData("0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(ContentHash.TryParse(text, null, out var hash));

        Assert.Equal(default, hash);
        Assert.Throws<FormatException>(() => ContentHash.Parse(text));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_number_of_bytes_is_a_mistake_of_the_caller(int count) =>
        Assert.Throws<ArgumentException>(() => ContentHash.FromBytes(new byte[count]));

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(ContentHash).ToString());
}
