using Bento.Processes;

namespace Bento.Building;

/// <summary>Finds what Nix has to say about a failure in what it printed to standard error.</summary>
internal static class NixErrorText
{
    private const int MaxLength = 8 * 1024;

    /// <summary>The message: from the first error to the end, without warnings before it and advice about Nix's own options.</summary>
    /// <param name="standardError">All that was printed.</param>
    /// <param name="exitCode">How Nix ended, for when it said nothing.</param>
    /// <returns>One or more lines, free of control characters; never empty.</returns>
    public static string Of(string standardError, int exitCode)
    {
        var lines = PlainText.OfLines(standardError).Split('\n').Select(line => line.TrimEnd()).ToList();
        var first = lines.FindIndex(line => line.StartsWith("error:", StringComparison.Ordinal));
        var said = lines.Skip(int.Max(first, 0)).Where(line => !line.StartsWith("(use '--show-trace'", StringComparison.Ordinal));
        var text = string.Join('\n', said).Trim();
        return text.Length == 0 ? $"Nix ended with exit code {exitCode} and said nothing." : Shorten(text);
    }

    /// <summary>Cleans and shortens one message.</summary>
    /// <param name="message">What Nix said.</param>
    /// <returns>The message, free of control characters.</returns>
    public static string Clean(string message) => Shorten(PlainText.OfLines(message).Trim());

    // The beginning names what failed, the end why: with traces, Nix prints the cause last.
    private static string Shorten(string text) =>
        text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength / 4)}\n[...]\n{text.AsSpan(text.Length - (3 * MaxLength / 4))}";
}
