using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Terminal;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("web-2", "web-10")]
    [InlineData("web", "web-1")]
    [InlineData("a2b", "a2c")]
    [InlineData("9", "a")]
    [InlineData("rack1-2", "rack1-10")]
    [InlineData("rack2-1", "rack10-1")]
    [InlineData("web-01", "web-1")]
    [InlineData("n99999999999999999998", "n99999999999999999999")]
    [InlineData("", "a")]
    public void Numbers_in_names_are_counted(string first, string second)
    {
        Assert.True(NaturalOrder.Instance.Compare(first, second) < 0);
        Assert.True(NaturalOrder.Instance.Compare(second, first) > 0);
        Assert.Equal(0, NaturalOrder.Instance.Compare(first, first));
    }
}
