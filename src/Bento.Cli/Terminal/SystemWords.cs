using System.Text.RegularExpressions;

namespace Bento.Cli.Terminal;

/// <summary>What tells two systems of one host apart: the first letters of the hash, and the version.</summary>
internal static partial class SystemWords
{
    private const int ShownHash = 7;

    /// <summary>
    /// The hash and the version of NixOS, which ends the name of a top level (<c>nixos-system-web-25.05</c>); the whole name where somebody
    /// set another label.
    /// </summary>
    public static string Of(StorePath system) =>
        $"{system.BaseName[..ShownHash]} {(Version().Match(system.Name) is { Success: true } match ? match.Groups[1].Value : system.Name)}";

    [GeneratedRegex(@"^nixos-system-.*?-([0-9]{2}\.[0-9]{2}.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
