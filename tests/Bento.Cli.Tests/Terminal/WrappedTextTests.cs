using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Terminal;

public sealed class WrappedTextTests
{
    [Fact]
    public void A_sentence_is_broken_at_spaces_and_its_further_lines_are_indented() => Assert.Equal(
        ["db: the build", "  failed for a", "  reason"], WrappedText.Lines("db: the build failed for a reason", 14, 3));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_terminal_without_room_ends_nothing(int width) =>
        Assert.NotEmpty(WrappedText.Lines($"db: {new string('x', 50)}", width, int.MaxValue));

    [Fact]
    public void What_has_room_is_one_line() => Assert.Equal(["db: failed"], WrappedText.Lines("db: failed", 10, 3));

    [Fact]
    public void What_is_left_after_the_last_line_is_cut() => Assert.Equal(
        ["one two", "  three...",], WrappedText.Lines("one two three four five", 10, 2));

    [Theory]
    [InlineData(20)]
    [InlineData(8)]
    public void A_word_that_is_longer_than_a_line_goes_on_in_the_next(int width)
    {
        var lines = WrappedText.Lines($"db: {new string('x', 500)}", width, 3);

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(width, line.Length));
        Assert.EndsWith("...", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_that_are_two_wide_count_twice() => Assert.All(
        WrappedText.Lines(string.Join(' ', Enumerable.Repeat("日本", 9)), 11, 9), line => Assert.InRange(TextWidth.Width(line), 1, 11));
}
