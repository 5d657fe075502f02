using System.Text;

namespace Bento.Cli.Terminal;

/// <summary>
/// Where everything that people read goes through: what is written is made plain here, whoever said it, so that no caller can forget it.
/// </summary>
/// <remarks>A line that is written as one is one message. Only <see cref="Styled"/> gets past, with text that was made plain piece by
/// piece.</remarks>
internal sealed class PlainWriter(TextWriter inner) : TextWriter
{
    private TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>The way past it, for text with Bento's own colours and cursor movements in it.</summary>
    public static TextWriter Styled(TextWriter writer) => writer is PlainWriter plain ? plain.Inner : writer;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(PlainLine.OfDocument(value ?? string.Empty));

    public override void WriteLine() => inner.Write('\n');

    public override void WriteLine(string? value) => inner.Write($"{PlainLine.OfMessage(value ?? string.Empty)}\n");

    public override Task WriteAsync(char value) => WriteAsync(value.ToString());

    public override Task WriteAsync(string? value) => inner.WriteAsync(PlainLine.OfDocument(value ?? string.Empty));

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(PlainLine.OfDocument(buffer.ToString()).AsMemory(), cancellationToken);

    public override Task WriteLineAsync(string? value) => inner.WriteAsync($"{PlainLine.OfMessage(value ?? string.Empty)}\n");

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}
