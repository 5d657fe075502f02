using System.Text.RegularExpressions;

namespace Bento.Building.Errors;

/// <summary>Tells the class of a failure from the words of Nix, which has no codes for them.</summary>
/// <remarks>
/// Decided on what Nix and the programs that it starts itself say. What a builder prints never makes a failure passing, but for a full
/// disk, of which nobody else speaks, and for builders that only fetch.
/// </remarks>
internal static partial class FailureClassifier
{
    /// <summary>Classifies a failed evaluation.</summary>
    /// <param name="report">What Nix said.</param>
    /// <returns>The class.</returns>
    public static BuildFailureKind OfEvaluation(NixReport report)
    {
        var reason = WithoutLog(report.Reason);
        if (IsUnlocked(reason))
        {
            return BuildFailureKind.Unlocked;
        }

        // What failed while fetching for a reason that nobody knows may work the next time.
        return OfWorld(reason) ?? ((report.IsFetching || Fetching().IsMatch(reason)) && !IsForGood(reason)
            ? BuildFailureKind.Network
            : BuildFailureKind.Evaluation);
    }

    /// <summary>Whether Nix says that it used or needed inputs that no lock file holds; it may go on all the same.</summary>
    /// <param name="message">What Nix printed.</param>
    /// <returns>True when the result may be another one tomorrow.</returns>
    public static bool IsUnlocked(string message) => Unlocked().IsMatch(message);

    /// <summary>Whether Nix refused a flake because it does not lie at the top of its directory.</summary>
    /// <param name="message">What Nix printed.</param>
    /// <returns>True for versions of Nix that cannot name such a flake.</returns>
    public static bool IsTopOnly(string message) => message.Contains("has unsupported parameter 'dir'", StringComparison.Ordinal);

    /// <summary>Classifies a failed build.</summary>
    /// <param name="message">What Nix said about it.</param>
    /// <param name="logTail">The last lines of the builder that failed.</param>
    /// <param name="isFetcher">Whether the derivation only fetches something whose hash is known.</param>
    /// <returns>The class.</returns>
    public static BuildFailureKind OfBuild(string message, IReadOnlyList<string> logTail, bool isFetcher)
    {
        var reason = WithoutLog(message);
        if (TimedOut().IsMatch(reason))
        {
            return BuildFailureKind.Timeout;
        }

        if (OfWorld(reason) is { } kind)
        {
            return kind;
        }

        if (logTail.Any(line => NoSpace().IsMatch(line)))
        {
            return BuildFailureKind.Space;
        }

        return isFetcher && !WrongContent().IsMatch(reason) && !logTail.Any(IsForGood) ? BuildFailureKind.Network : BuildFailureKind.Build;
    }

    /// <summary>Removes the lines of a builder's log from a message of Nix.</summary>
    /// <param name="message">The message.</param>
    /// <returns>What Nix says itself.</returns>
    public static string WithoutLog(string message) =>
        string.Join('\n', message.Split('\n').Where(line => !line.AsSpan().TrimStart(' ').StartsWith('>')));

    private static BuildFailureKind? OfWorld(string reason)
    {
        if (NoSpace().IsMatch(reason))
        {
            return BuildFailureKind.Space;
        }

        if (NoMemory().IsMatch(reason))
        {
            return BuildFailureKind.Memory;
        }

        return NoNetwork().IsMatch(reason) && !IsForGood(reason) ? BuildFailureKind.Network : null;
    }

    // A server that answers "not found" or "forbidden" is reached; asking again changes nothing.
    private static bool IsForGood(string text) => RefusedForGood().IsMatch(text);

    [GeneratedRegex(
        @"requires lock file changes but they're not allowed|(?:cannot|not|not be able to) writ(?:e|ing) (?:modified )?lock file of flake",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unlocked();

    [GeneratedRegex(@"\btimed out after \d+ seconds", RegexOptions.CultureInvariant)]
    private static partial Regex TimedOut();

    [GeneratedRegex(
        @"No space left on device|Disk quota exceeded|database or disk is full|not enough free (?:disk )?space",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    [GeneratedRegex(@"Cannot allocate memory|std::bad_alloc|Out of Memory", RegexOptions.CultureInvariant)]
    private static partial Regex NoMemory();

    [GeneratedRegex(
        @"could(?:n't| not) resolve host|(?:failed|couldn't|unable|could not|cannot) (?:to )?connect to"
            + @"|connection (?:refused|timed out|reset)|network is (?:unreachable|down)|no route to host"
            + @"|temporary failure in name resolution|name or service not known|timeout was reached|operation too slow"
            + @"|unable to access '(?:https?|git|ssh)|usually happens due to networking issues|HTTP error (?:408|425|429|5\d\d)"
            + @"|returned error: (?:408|425|429|5\d\d)|failed to start SSH connection|unable to start any build",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoNetwork();

    [GeneratedRegex(
        @"HTTP error 4(?!08|25|29)\d\d|returned error: 4(?!08|25|29)\d\d|repository '[^']*' not found"
            + @"|does not appear to be a git repository|does not exist|terminal prompts disabled|Authentication failed"
            + @"|Permission denied \(|Host key verification failed|executing ""?'?git|hash mismatch|mismatch in field"
            + @"|No such file or directory|unsupported .*input attribute",
        RegexOptions.CultureInvariant)]
    private static partial Regex RefusedForGood();

    [GeneratedRegex(
        @"unable to download|program 'git' failed|Failed to fetch git repository|resolving Git reference"
            + @"|Failed to open archive|cannot download|Could not read from remote repository",
        RegexOptions.CultureInvariant)]
    private static partial Regex Fetching();

    [GeneratedRegex(@"hash mismatch|failed to produce output|not allowed to refer", RegexOptions.CultureInvariant)]
    private static partial Regex WrongContent();
}
