namespace Bento.Cli.Terminal;

/// <summary>
/// Names as people count them: <c>web-2</c> before <c>web-10</c>. Names that are equal in that are told apart by their letters.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            var first = Part(left);
            var second = Part(right);
            var order = char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0])
                ? CompareNumbers(first, second)
                : first.CompareTo(second, StringComparison.Ordinal);
            if (order != 0)
            {
                return order;
            }

            left = left[first.Length..];
            right = right[second.Length..];
        }

        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    /// <summary>The digits at the start, or all before the next digit.</summary>
    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text)
    {
        var end = char.IsAsciiDigit(text[0])
            ? text.IndexOfAnyExceptInRange('0', '9')
            : text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text : text[..end];
    }

    /// <summary>By value however long they are: without zeros in front the longer number is the larger one.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : left.CompareTo(right, StringComparison.Ordinal);
    }
}
