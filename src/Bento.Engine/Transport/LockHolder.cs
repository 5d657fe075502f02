namespace Bento.Transport;

/// <summary>The line that a lock shows to whoever is turned away. It comes from a file: it is made fit for a terminal.</summary>
internal static class LockHolder
{
    private const int LongestLine = 200;

    /// <summary>One line without control characters.</summary>
    public static string Clean(string text)
    {
        var line = string.Concat(text.Select(
            c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? ' ' : c)).Trim();
        return line.Length > LongestLine ? line[..LongestLine] : line;
    }
}
