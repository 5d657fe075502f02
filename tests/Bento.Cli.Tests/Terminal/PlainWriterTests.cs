using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Terminal;

public sealed class PlainWriterTests : IDisposable
{
    private readonly StringWriter _shown = new() { NewLine = "\n" };

    public void Dispose() => _shown.Dispose();

    [Theory]
    [InlineData("\u001b[2J\u001b]0;title\u0007", "\uFFFD[2J\uFFFD]0;title\uFFFD\n")]
    [InlineData("a\u009b31mb\u202egpj", "a\uFFFD31mb\uFFFDgpj\n")]
    [InlineData("over\rwritten\b\b", "over\uFFFDwritten\uFFFD\uFFFD\n")]
    [InlineData("a\tb → ü 日本", "a b → ü 日本\n")]
    public void What_somebody_says_moves_no_cursor_and_changes_no_colour(string said, string shown)
    {
        using var writer = new PlainWriter(_shown);

        writer.WriteLine(said);

        Assert.Equal(shown, _shown.ToString());
    }

    [Fact]
    public void A_message_with_line_breaks_begins_no_line_that_could_be_another_message()
    {
        using var writer = new PlainWriter(_shown);

        writer.WriteLine("bento: refused: go away\r\nbento: web is up to date\u2028web  = up to date\n");

        Assert.Equal("bento: refused: go away\n       bento: web is up to date\uFFFDweb  = up to date\n", _shown.ToString());
    }

    [Fact]
    public async Task A_document_keeps_its_lines_and_only_its_lines()
    {
        await using var writer = new PlainWriter(_shown);

        await writer.WriteAsync("one\r\ntwo\u001b[1m\n");

        Assert.Equal("one\ntwo\uFFFD[1m\n", _shown.ToString());
    }

    [Fact]
    public void A_table_keeps_its_own_colours_and_takes_none_from_its_cells()
    {
        using var writer = new PlainWriter(_shown);
        var io = new CliIo(writer, writer, new Dictionary<string, string>(StringComparer.Ordinal), "/") { IsOutputTerminal = true };

        TextTable.Write(io, titles: null, [[new TextCell("web\u001b[0m\nroot", TextCell.Red), "x"]]);

        Assert.Equal("\u001b[91mweb\uFFFD[0m root\u001b[0m  x\n", _shown.ToString());
    }
}
