using Bento.Cli.Deploy;

namespace Bento.Cli.Tests.Deploy;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  ", new string[0])]
    [InlineData("-p 2222  -i key", new[] { "-p", "2222", "-i", "key" })]
    [InlineData("-i '/my keys/a' -o \"User Known\"", new[] { "-i", "/my keys/a", "-o", "User Known" })]
    [InlineData(@"a\ b '' ""c\""d"" 'e\f'", new[] { "a b", "", "c\"d", @"e\f" })]
    [InlineData("a'b'\"c\"d", new[] { "abcd" })]
    [InlineData("$HOME `id` *", new[] { "$HOME", "`id`", "*" })]
    public void S41_words_are_split_as_a_shell_would_and_nothing_is_expanded(string text, string[] words) =>
        Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("'a")]
    [InlineData("a \"b")]
    public void A_quote_that_is_not_closed_is_an_error(string text) => Assert.Throws<FormatException>(() => ShellWords.Split(text));
}
