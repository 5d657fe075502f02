using System.Text;

namespace Bento.Building.Programs;

/// <summary>Writes strings as Nix reads them.</summary>
internal static class NixLiteral
{
    /// <summary>Quotes a string, so that nothing in it is evaluated.</summary>
    /// <param name="text">Any text that an argument of a program can hold.</param>
    /// <returns>A string literal of the Nix language.</returns>
    /// <exception cref="ArgumentException">The text has a NUL character.</exception>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                // Every dollar, not only those before a brace: "$${" has rules of its own.
                '"' or '\\' or '$' => result.Append('\\').Append(c),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                '\0' => throw new ArgumentException("Nix has no strings with NUL characters.", nameof(text)),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }
}
