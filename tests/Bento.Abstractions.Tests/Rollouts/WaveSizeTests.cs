using Bento.Rollouts;

namespace Bento.Abstractions.Tests.Rollouts;

public sealed class WaveSizeTests
{
    [Theory]
    [InlineData("5", 5, null, null)]
    [InlineData(" 10% ", null, 10, null)]
    [InlineData("100%", null, 100, null)]
    [InlineData("@canary", null, null, "@canary")]
    [InlineData("web-*", null, null, "web-*")]
    [InlineData("5a", null, null, "5a")]
    public void Is_a_number_a_share_or_a_selector(string text, int? count, int? percent, string? hosts)
    {
        var size = WaveSize.Parse(text);

        Assert.Equal((count, percent, hosts), (size.Count, size.Percent, size.Hosts?.ToString()));
        Assert.Equal(text.Trim(), size.ToString());
        Assert.Equal(WaveSize.Parse(size.ToString()), size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0%")]
    [InlineData("101%")]
    [InlineData("10%%")]
    [InlineData("%")]
    [InlineData("99999999999")]
    [InlineData("a b")]
    public void Refuses_what_is_none_of_them(string text)
    {
        Assert.False(WaveSize.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => WaveSize.Parse(text));
    }
}
