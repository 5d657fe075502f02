namespace Bento.Cli.Terminal;

/// <summary>Small words of sentences.</summary>
internal static class Plural
{
    /// <summary><c>1 host</c>, <c>2 hosts</c>.</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
