namespace Bento.Abstractions.Tests;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("lab")]
    [InlineData("_x")]
    [InlineData("Web-01_b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz01234")]
    public void A_name_that_a_system_user_can_have_is_read(string text) =>
        Assert.Equal(text, HostName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("-x")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    public void Anything_else_is_refused_by_name(string text)
    {
        Assert.False(HostName.TryParse(text, out _));

        var exception = Assert.Throws<FormatException>(() => HostName.Parse(text));
        Assert.Contains($"'{text}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentNullException>(() => HostName.Parse(null!));

    [Theory]
    [InlineData("lab", "web", -1)]
    [InlineData("web", "lab", 1)]
    [InlineData("Web", "lab", -1)]
    [InlineData("lab", "lab", 0)]
    public void Names_sort_by_ordinal(string left, string right, int order)
    {
        var (one, other) = (HostName.Parse(left), HostName.Parse(right));

        Assert.Equal(order, int.Sign(one.CompareTo(other)));
        Assert.Equal(
            (order < 0, order <= 0, order > 0, order >= 0),
            (one < other, one <= other, one > other, one >= other));
    }

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(HostName).ToString());
}
