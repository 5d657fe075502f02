using Bento.Processes;

namespace Bento.Repositories;

/// <summary>Says in a sentence why git does not read a work tree. Pure.</summary>
internal static class GitRefusal
{
    private const string Prefix = "fatal: ";

    public static string Explain(string directory, ProcessOutcome outcome)
    {
        if (outcome.IsOutputCut)
        {
            return "Git lists more files here than Bento reads. Name what is not configuration in .gitignore.";
        }

        if (outcome.Error.Contains("dubious ownership", StringComparison.Ordinal)
            || outcome.Error.Contains("unsafe repository", StringComparison.Ordinal))
        {
            return "Git does not read this work tree, because it belongs to another user. Run this as its owner, or trust it: "
                + $"git config --global --add safe.directory '{Owned(directory, outcome.Error)}'";
        }

        var line = outcome.Error.Split('\n').FirstOrDefault(line => line.StartsWith(Prefix, StringComparison.Ordinal));
        var reason = PlainText.OfLine(line is null ? $"it ended with {outcome.ExitCode}" : line[Prefix.Length..]);
        return $"Git does not say what belongs to this work tree: {reason}";
    }

    /// <summary>Git names the top of the work tree, which may lie above.</summary>
    private static string Owned(string directory, string error)
    {
        var parts = error.Split('\'');
        return parts.Length > 2 && parts[1].StartsWith('/') ? PlainText.OfLine(parts[1]) : directory;
    }
}
