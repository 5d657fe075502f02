using System.Text;

namespace Bento.Building.Programs;

/// <summary>
/// Splits a list that goes on a command line. Linux takes 2 MiB of arguments and environment together, and 128 KiB in one argument.
/// </summary>
internal static class ArgumentChunks
{
    /// <summary>The most bytes of arguments in one call.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The most bytes of names in one expression.</summary>
    public const int MaxExpressionBytes = 96 * 1024;

    /// <summary>Splits a list, keeping its order.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="items">The list.</param>
    /// <param name="text">What of an item goes on the command line.</param>
    /// <param name="maxBytes">The most bytes of a part.</param>
    /// <returns>The parts; a single item is never split.</returns>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IEnumerable<T> items, Func<T, string> text, int maxBytes)
    {
        List<T> chunk = [];
        var bytes = 0;
        foreach (var item in items)
        {
            // The terminating NUL, and the pointer that the kernel counts too.
            var size = Encoding.UTF8.GetByteCount(text(item)) + 1 + sizeof(long);
            if (chunk.Count > 0 && bytes + size > maxBytes)
            {
                yield return chunk;
                chunk = [];
                bytes = 0;
            }

            chunk.Add(item);
            bytes += size;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
