using Bento.Administration;

namespace Bento.Engine.Tests.Administration;

public sealed class SshdConfigurationTests
{
    [Theory]
    [InlineData("relative", 1, "bento-hosts")]
    [InlineData("/srv/a\nMatch all", 1, "bento-hosts")]
    [InlineData("/srv/\"", 1, "bento-hosts")]
    [InlineData("/srv", 0, "bento-hosts")]
    [InlineData("/srv", 1_000_000, "bento-hosts")]
    [InlineData("/srv", 1, "bento hosts")]
    [InlineData("/srv", 1, "x\nMatch")]
    public void What_could_not_stand_in_the_file_is_refused(string directory, int hosts, string group) =>
        Assert.ThrowsAny<ArgumentException>(() => new SshdConfiguration(directory, hosts, group));

    [Fact]
    public void The_same_properties_give_the_same_text_and_it_ends_with_a_line()
    {
        var text = new SshdConfiguration("/srv/bento/", 20).ToString();

        Assert.Equal(text, new SshdConfiguration("/srv/bento", 20).ToString());
        Assert.EndsWith("Match all\n", text, StringComparison.Ordinal);
        Assert.Contains("\nMaxStartups 30:30:60\n", text, StringComparison.Ordinal);
    }
}
