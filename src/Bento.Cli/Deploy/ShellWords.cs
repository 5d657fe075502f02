using System.Text;

namespace Bento.Cli.Deploy;

/// <summary>
/// Splits a variable that holds several arguments, such as <c>NIX_SSHOPTS</c>, as a shell would (POSIX, "Quoting"), and expands nothing.
/// </summary>
internal static class ShellWords
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length && (quote is null || text[i + 1] is '"' or '\\' or '$' or '`'))
            {
                _ = word.Append(text[++i]);
                isWord = true;
            }
            else if (quote is null ? c is '\'' or '"' : c == quote)
            {
                quote = quote is null ? c : null;
                isWord = true;
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                _ = word.Append(c);
                isWord = true;
            }
        }

        if (quote is { } open)
        {
            throw new FormatException($"A {open} is not closed.");
        }

        End();
        return words;

        void End()
        {
            if (isWord)
            {
                words.Add(word.ToString());
                _ = word.Clear();
                isWord = false;
            }
        }
    }
}
