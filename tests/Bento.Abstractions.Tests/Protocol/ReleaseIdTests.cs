using Bento.Protocol;
using CsCheck;

namespace Bento.Abstractions.Tests.Protocol;

public sealed class ReleaseIdTests
{
    [Fact]
    public void Sixteen_bytes_make_an_id_that_is_read_back() =>
        Gen.Byte.Array[16].Sample(bytes => ReleaseId.Parse(ReleaseId.FromBytes(bytes).ToString()) == ReleaseId.FromBytes(bytes));

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    [InlineData("0123456789ABCDEF0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("0123456789abcdef0123456789abcde\n")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(ReleaseId.TryParse(text, null, out var id));

        Assert.Equal(default, id);
        Assert.Throws<FormatException>(() => ReleaseId.Parse(text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Another_number_of_bytes_is_a_mistake_of_the_caller(int count) =>
        Assert.Throws<ArgumentException>(() => ReleaseId.FromBytes(new byte[count]));

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(ReleaseId).ToString());
}
