namespace Bento.Transport;

/// <summary>Commands in sentences: words as they are pasted into a shell.</summary>
internal static class ShellCommand
{
    public static string Text(params IReadOnlyList<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:@%+,".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
