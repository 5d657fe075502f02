using System.Text;

namespace Bento.Processes;

/// <summary>Keeps the beginning and the end of a text of any length: the first words and the last ones say what went wrong.</summary>
/// <param name="partLength">The most characters that are kept at each end.</param>
internal sealed class HeadAndTail(int partLength)
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private bool _isCut;

    /// <summary>Takes the next piece.</summary>
    /// <param name="text">Any part of the text.</param>
    public void Append(ReadOnlySpan<char> text)
    {
        var toHead = int.Min(text.Length, partLength - _head.Length);
        _head.Append(text[..toHead]);
        _tail.Append(text[toHead..]);

        // Trimmed only at twice the size, so that a long text is not moved with every piece.
        if (_tail.Length > 2 * partLength)
        {
            Trim();
        }
    }

    /// <summary>What was kept, with a mark where something is missing.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (_tail.Length > partLength)
        {
            Trim();
        }

        return _isCut ? $"{_head}\n[...]\n{_tail}" : $"{_head}{_tail}";
    }

    private void Trim()
    {
        _tail.Remove(0, _tail.Length - partLength);
        _isCut = true;
    }
}
