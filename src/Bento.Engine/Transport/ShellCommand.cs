namespace Bento.Transport;

/// <summary>Commands in sentences: words as they are pasted into a shell.</summary>
internal static class ShellCommand
{
    public static string Text(params IReadOnlyList<string> words) => new ServerStep(string.Empty, words).ToString();
}
