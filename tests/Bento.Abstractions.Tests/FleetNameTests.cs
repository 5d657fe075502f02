namespace Bento.Abstractions.Tests;

public sealed class FleetNameTests
{
    [Theory]
    [InlineData("bento")]
    [InlineData("0")]
    [InlineData("Home.lab_2-x")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz01234567890")]
    public void A_name_is_read_as_it_is_written(string text) => Assert.Equal(text, FleetName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".bento")]
    [InlineData("-bento")]
    [InlineData("_bento")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz012345678901")]
    public void Anything_else_is_refused_by_name(string text)
    {
        Assert.False(FleetName.TryParse(text, null, out var name));

        Assert.Equal(default, name);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => FleetName.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentNullException>(() => FleetName.Parse(null!));

    [Fact]
    public void Names_that_differ_in_case_are_two_names() => Assert.NotEqual(FleetName.Parse("lab"), FleetName.Parse("Lab"));

    [Fact]
    public void The_default_value_prints_as_nothing() => Assert.Equal(string.Empty, default(FleetName).ToString());
}
