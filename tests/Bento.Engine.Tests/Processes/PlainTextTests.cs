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
    [InlineData("\U0001f331 \U00020000", "\U0001f331 \U00020000")]
    [InlineData("t\U000e0041ag\U000e0001", "tag")]
    [InlineData("f\u115fi\u1160l\u3164l\uffa0er", "filler")]
    [InlineData("v\ufe0fa\U000e0100r\u034fy\u180e\u200b\ufeff", "vary")]
    [InlineData("Vie\u0323\u0302t z\u0301\u0302\u0303\u0304\u0305\u0306algo", "Vie\u0323\u0302t z\u0301\u0302\u0303algo")]
    [InlineData("cut off \u001b[", "cut off ")]
    [InlineData("\u001b", "")]
    [InlineData("\u001bcreset", "reset")]
    public void A_line_has_no_control_characters(string text, string expected) => Assert.Equal(expected, PlainText.OfLine(text));

    [Fact]
    public void Lines_keep_their_ends() => Assert.Equal("a\nb", PlainText.OfLines("\u001b[1ma\r\nb"));
}
