using System.Text.RegularExpressions;

namespace Bento.Building;

/// <summary>Reads which derivation an error of a build is about.</summary>
internal static partial class NixErrorMessage
{
    /// <summary>Finds the derivation that failed by itself.</summary>
    /// <param name="message">A message of Nix, free of control characters.</param>
    /// <returns>The derivation; null when the message names none, or only repeats that of another: a dependency's failure, or the list at the end.</returns>
    public static StorePath? FindCulprit(string message)
    {
        if (Repeats().IsMatch(message))
        {
            return null;
        }

        var match = Derivation().Match(message);
        return match.Success && StorePath.TryParse(match.Groups[1].Value, out var derivation) ? derivation : null;
    }

    /// <summary>Whether the message only repeats what others say.</summary>
    /// <param name="message">A message of Nix, free of control characters.</param>
    /// <returns>True for a dependency's failure and for the list at the end.</returns>
    public static bool IsRepetition(string message) => Repeats().IsMatch(message);

    // Old: "1 dependencies of derivation 'x' failed to build"; since 2.31: "Cannot build 'x'.\nReason: 1 dependency failed."; "build of 'x', 'y' failed".
    [GeneratedRegex(@"dependenc(?:y|ies) of derivation '[^']*' failed|Reason: \d+ dependenc(?:y|ies) failed|^(?:error: *)?(?:build of '|Build failed due to failed dependency)", RegexOptions.CultureInvariant)]
    private static partial Regex Repeats();

    [GeneratedRegex(@"'(/[^'\s]+\.drv)(?:[!^][^']*)?'", RegexOptions.CultureInvariant)]
    private static partial Regex Derivation();
}
