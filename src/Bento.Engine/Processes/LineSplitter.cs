using System.Text;

namespace Bento.Processes;

/// <summary>Cuts a stream of text into lines, in bounded memory whatever a program prints.</summary>
/// <param name="maxLength">The most characters of a line that are kept.</param>
/// <param name="onLine">Gets each line without its end.</param>
internal sealed class LineSplitter(int maxLength, Action<string> onLine)
{
    private readonly StringBuilder _line = new();
    private bool _hasLine;

    /// <summary>Takes the next piece.</summary>
    /// <param name="text">Any part of the stream.</param>
    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            Keep(end < 0 ? text : text[..end]);
            if (end < 0)
            {
                return;
            }

            Complete();
            text = text[(end + 1)..];
        }
    }

    /// <summary>Hands on what was not ended by a line feed.</summary>
    public void Flush()
    {
        if (_hasLine)
        {
            Complete();
        }
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        _hasLine = true;
        _line.Append(text[..int.Min(text.Length, maxLength - _line.Length)]);
    }

    private void Complete()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        var line = _line.ToString();
        _line.Clear();
        _hasLine = false;
        onLine(line);
    }
}
