namespace Bento.Cli.Rendering;

/// <summary>Small words of sentences.</summary>
internal static class Words
{
    /// <summary><c>1 host</c>, <c>2 hosts</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
