using Bento.Processes;

namespace Bento.Engine.Tests.Processes;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain é 日本", "plain é 日本")]
    [InlineData("\u001b[31;1merror:\u001b[0m no", "error: no")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("a\tb", "a b")]
    [InlineData("bell\u0007 null\0 back\b del\u007f", "bell null back del")]
    [InlineData("over\rwritten\n", "overwritten")]
    [InlineData("right\u202eleft\u2066", "rightleft")]
    [InlineData("cut off \u001b[", "cut off ")]
    [InlineData("\u001b", "")]
    [InlineData("\u001bcreset", "reset")]
    public void A_line_has_no_control_characters(string text, string expected) => Assert.Equal(expected, PlainText.OfLine(text));

    [Fact]
    public void Lines_keep_their_ends() => Assert.Equal("a\nb", PlainText.OfLines("\u001b[1ma\r\nb"));
}
