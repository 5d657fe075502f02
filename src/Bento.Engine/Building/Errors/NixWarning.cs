using System.Text.RegularExpressions;
using Bento.Processes;

namespace Bento.Building.Errors;

/// <summary>
/// Finds warnings in what Nix prints: its own, and those of a configuration, which older nixpkgs print as traces.
/// </summary>
internal static partial class NixWarning
{
    private const int MaxLength = 2000;

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line of standard error.</param>
    /// <returns>The warning without that word; null when it is none, or only about a download that Nix tries again.</returns>
    public static string? Read(string line)
    {
        var plain = PlainText.OfLine(line);
        return Warning().Match(plain) is { Success: true } match && !Noise().IsMatch(plain)
            ? match.Groups[1].Value[..int.Min(match.Groups[1].Length, MaxLength)].Trim()
            : null;
    }

    [GeneratedRegex(@"^(?:trace: )?(?:evaluation )?warning: (?:error: )?(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Warning();

    // What is said again by the failure that follows, or concerns only Nix's own caches.
    [GeneratedRegex(
        @"; retrying in |could not read HEAD ref|could not update (?:mtime|cached head)|Git tree '.*' is dirty",
        RegexOptions.CultureInvariant)]
    private static partial Regex Noise();
}
