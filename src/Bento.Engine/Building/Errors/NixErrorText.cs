using System.Globalization;
using Bento.Processes;

namespace Bento.Building.Errors;

/// <summary>Finds what Nix has to say about a failure in what it printed to standard error.</summary>
internal static class NixErrorText
{
    private const int MaxLength = 8 * 1024;

    /// <summary>The message, without what led to it.</summary>
    /// <param name="standardError">All that was printed.</param>
    /// <param name="exitCode">How Nix ended, for when it said nothing.</param>
    /// <returns>One or more lines, free of control characters; never empty.</returns>
    public static string Of(string standardError, int exitCode)
    {
        var report = NixReportReader.Read(standardError);
        if (report.Reason.Trim() is { Length: > 0 } reason)
        {
            return Shorten(reason);
        }

        var text = PlainText.OfLines(standardError).Trim();
        return text.Length == 0 ? Silent(exitCode) : Shorten(text);
    }

    /// <summary>What is said of a Nix that said nothing.</summary>
    /// <param name="exitCode">How it ended.</param>
    /// <returns>One line.</returns>
    public static string Silent(int exitCode) =>
        string.Create(CultureInfo.InvariantCulture, $"Nix ended with exit code {exitCode} and said nothing.");

    /// <summary>Cleans and shortens one message.</summary>
    /// <param name="message">What Nix said.</param>
    /// <returns>The message, free of control characters.</returns>
    public static string Clean(string message) => Shorten(PlainText.OfLines(message).Trim());

    /// <summary>Shortens a message that is far too long for anybody to read.</summary>
    /// <param name="text">The message.</param>
    /// <returns>Its beginning and its end.</returns>
    public static string Shorten(string text) =>
        text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength / 4)}\n[...]\n{text.AsSpan(text.Length - (3 * MaxLength / 4))}";
}
