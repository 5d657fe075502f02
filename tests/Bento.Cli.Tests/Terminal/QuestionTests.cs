using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Terminal;

public sealed class QuestionTests
{
    [Theory]
    [InlineData("y\n", true)]
    [InlineData("Yes\n", true)]
    [InlineData("\n", false)]
    [InlineData("n\n", false)]
    [InlineData("", false)]
    [InlineData("yess\ny\n", true)]
    [InlineData("what?\nno\n", false)]
    [InlineData("what?", false)]
    public async Task Y_means_yes_and_a_slip_of_a_finger_is_asked_again(string typed, bool isYes)
    {
        using var input = new StringReader(typed);
        using var error = new StringWriter();
        var io = new CliIo(TextWriter.Null, error, new Dictionary<string, string>(), "/") { In = input };

        Assert.Equal(isYes, await Question.AskAsync(io, "Publish this?", TestContext.Current.CancellationToken));
        Assert.StartsWith("Publish this? [y/N] ", error.ToString(), StringComparison.Ordinal);
    }
}
