namespace Bento.Hosts;

/// <summary>Explains a file that a configuration asks for and that was not shipped. Pure.</summary>
internal static class LeftOutAdvice
{
    /// <summary>What stands before and after a path where Nix names one.</summary>
    private const string Quotes = "'\"/ \n:»";

    /// <param name="leftOut">What lies in the tree and is not shipped.</param>
    /// <param name="message">Why an evaluation failed.</param>
    /// <returns>Why a file that the message names is missing; null when it names none of these.</returns>
    public static string? Find(IReadOnlyList<LeftOutFile> leftOut, string message)
    {
        foreach (var file in leftOut)
        {
            if (Names(message, file.Path))
            {
                return file.Submodule is { } submodule ? $"'{file.Path}' is missing. {submodule}"
                    : file.IsIgnoredByGit
                    ? $"'{file.Path}' is there, but git ignores it or does not track it, so it is not shipped. Track it: git add -f"
                    : $"'{file.Path}' is there, but is not shipped because of its name. Track it with git, or write !{file.Path} into "
                        + ".bentoignore.";
            }
        }

        return null;
    }

    private static bool Names(string message, string path)
    {
        for (var at = message.IndexOf(path, StringComparison.Ordinal);
            at >= 0;
            at = message.IndexOf(path, at + 1, StringComparison.Ordinal))
        {
            var end = at + path.Length;
            if ((at == 0 || Quotes.Contains(message[at - 1], StringComparison.Ordinal))
                && (end == message.Length || Quotes.Contains(message[end], StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }
}
