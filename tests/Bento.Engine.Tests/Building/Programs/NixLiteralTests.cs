using Bento.Building.Programs;

namespace Bento.Engine.Tests.Building.Programs;

public sealed class NixLiteralTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("lab", "\"lab\"")]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("${x}", "\"\\${x}\"")]
    [InlineData("$${x}", "\"\\$\\${x}\"")]
    [InlineData("\\${x}", "\"\\\\\\${x}\"")]
    [InlineData("a\nb\r\tc", "\"a\\nb\\r\\tc\"")]
    [InlineData("é''日", "\"é''日\"")]
    public void A_string_is_quoted_so_that_nothing_in_it_is_code(string text, string expected) =>
        Assert.Equal(expected, NixLiteral.Quote(text));

    [Fact]
    public void A_string_that_no_argument_can_hold_is_refused() => Assert.Throws<ArgumentException>(() => NixLiteral.Quote("a\0b"));
}
