using System.Text.RegularExpressions;

namespace Bento.Protocol;

/// <summary>What paths, owners and modes of secrets may be: the publisher, the release and the agent hold them to the same. Pure.</summary>
internal static partial class SecretGrammar
{
    /// <summary>The most files that one host may have: they are named in its release, which is small.</summary>
    public const int MaxFiles = 100;

    /// <summary>The most bytes of all files of one host together.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static bool IsPath(string path) =>
        path.Length <= 128 && Path().IsMatch(path) && path.Split('/').All(part => part is not ("." or ".."));

    /// <summary>Whether a text is the name or the number of a user or a group.</summary>
    public static bool IsOwner(string owner) => Owner().IsMatch(owner);

    /// <returns>The mode; null when the digits are none, or give something to others.</returns>
    public static UnixFileMode? ModeOf(string digits) => Mode().IsMatch(digits) ? (UnixFileMode)Convert.ToInt32(digits, 8) : null;

    public static string DigitsOf(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    [GeneratedRegex(@"\A[A-Za-z0-9_.@+-]+(/[A-Za-z0-9_.@+-]+){0,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\A([A-Za-z_][A-Za-z0-9_.-]{0,30}|[0-9]{1,9})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Owner();

    [GeneratedRegex(@"\A0?[0-7][0-7]0\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mode();
}
