using System.Runtime.ExceptionServices;
using System.Text;
using CliWrap;

namespace Bento.Processes;

/// <summary>One of the two streams that a program prints to: always read to its end, kept and cut into lines as wanted.</summary>
/// <param name="keep">Gets the text.</param>
/// <param name="lines">Gets it too, for the callback of the lines; null when nobody asked.</param>
/// <param name="letGo">Ends the reading: whoever still holds the other end is not the program that was run.</param>
internal sealed class TextPipe(Action<string> keep, LineSplitter? lines, CancellationToken letGo)
{
    private const int BufferBytes = 16 * 1024;

    private ExceptionDispatchInfo? _callbackFailure;

    /// <summary>
    /// What CliWrap reads with. Never <see cref="PipeTarget.Null"/>: with that, a program that prints is ended by EPIPE (CliWrap 3.10.5).
    /// </summary>
    public PipeTarget Target => PipeTarget.Create(DrainAsync);

    /// <summary>Throws what a callback threw, if one did.</summary>
    public void ThrowIfCallbackFailed() => _callbackFailure?.Throw();

    private async Task DrainAsync(Stream stream, CancellationToken cancellationToken)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[BufferBytes];
        var chars = new char[Encoding.UTF8.GetMaxCharCount(BufferBytes)];
        int read;
        do
        {
            read = await ReadAsync(stream, bytes, cancellationToken).ConfigureAwait(false);
            Take(chars.AsSpan(0, decoder.GetChars(bytes.AsSpan(0, read), chars, flush: read == 0)), isEnd: read == 0);
        }
        while (read > 0);
    }

    /// <returns>How much was read; 0 at the end. A read of a pipe cannot be stopped: one that is let go of ends when its other end is
    /// closed, and nobody looks at it.</returns>
    private async Task<int> ReadAsync(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(bytes, cancellationToken).AsTask().WaitAsync(letGo).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (letGo.IsCancellationRequested)
        {
            return 0;
        }
    }

    private void Take(ReadOnlySpan<char> text, bool isEnd)
    {
        keep(text.ToString());
        if (lines is null || _callbackFailure is not null)
        {
            return;
        }

        try
        {
            lines.Append(text);
            if (isEnd)
            {
                lines.Flush();
            }
        }
        catch (Exception exception)
        {
            // A program whose output nobody reads any more hangs or dies: remember, and go on reading.
            _callbackFailure = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
