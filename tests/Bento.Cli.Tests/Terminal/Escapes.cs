using System.Text.RegularExpressions;

namespace Bento.Cli.Tests.Terminal;

internal static partial class Escapes
{
    public static string Remove(string text) => Escape().Replace(text, string.Empty);

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();
}
