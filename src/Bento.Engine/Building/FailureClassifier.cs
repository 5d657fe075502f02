using System.Text.RegularExpressions;

namespace Bento.Building;

/// <summary>Tells the class of a failure from the words of Nix, which has no codes for them.</summary>
internal static partial class FailureClassifier
{
    /// <summary>Classifies a failed evaluation.</summary>
    /// <param name="message">What Nix said.</param>
    /// <returns>The class.</returns>
    public static BuildFailureKind OfEvaluation(string message) =>
        IsUnlocked(message) ? BuildFailureKind.Unlocked : OfWorld(message) ?? BuildFailureKind.Evaluation;

    /// <summary>Whether Nix says that it used or needed inputs that no lock file holds; it may go on all the same.</summary>
    /// <param name="message">What Nix printed.</param>
    /// <returns>True when the result may be another one tomorrow.</returns>
    public static bool IsUnlocked(string message) => Unlocked().IsMatch(message);

    /// <summary>Classifies a failed build.</summary>
    /// <param name="message">What Nix said about it.</param>
    /// <param name="logTail">The last lines of the builder that failed.</param>
    /// <returns>The class.</returns>
    public static BuildFailureKind OfBuild(string message, IReadOnlyList<string> logTail)
    {
        if (TimedOut().IsMatch(message))
        {
            return BuildFailureKind.Timeout;
        }

        return OfWorld(message) ?? OfLog(logTail) ?? BuildFailureKind.Build;
    }

    private static BuildFailureKind? OfWorld(string message)
    {
        if (NoSpace().IsMatch(message))
        {
            return BuildFailureKind.Space;
        }

        // A server that answers "not found" or "forbidden" is reached; asking again changes nothing.
        return NoNetwork().IsMatch(message) && !RefusedForGood().IsMatch(message) ? BuildFailureKind.Network : null;
    }

    // Narrower than for Nix's own words: a test suite may print "connection refused" for reasons of its own, and would then be tried for ever.
    private static BuildFailureKind? OfLog(IReadOnlyList<string> log)
    {
        if (log.Any(line => NoSpace().IsMatch(line)))
        {
            return BuildFailureKind.Space;
        }

        return log.Any(line => FetcherLost().IsMatch(line)) ? BuildFailureKind.Network : null;
    }

    [GeneratedRegex(@"requires lock file changes but they're not allowed|(?:cannot|not|not be able to) writ(?:e|ing) (?:modified )?lock file of flake", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unlocked();

    [GeneratedRegex(@"\btimed out after \d+ seconds", RegexOptions.CultureInvariant)]
    private static partial Regex TimedOut();

    [GeneratedRegex(@"No space left on device|Disk quota exceeded|database or disk is full|not enough free (?:disk )?space", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoSpace();

    [GeneratedRegex(
        @"unable to download|could(?:n't| not) resolve host|(?:failed|couldn't|unable) to connect to|connection (?:refused|timed out|reset)|network is (?:unreachable|down)|no route to host" +
        @"|temporary failure in name resolution|name or service not known|timeout was reached|operation too slow|unable to access '(?:https?|git|ssh)|could not read from remote repository" +
        @"|usually happens due to networking issues|HTTP error (?:408|429|5\d\d)|failed to start SSH connection",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoNetwork();

    [GeneratedRegex(@"HTTP error 4(?!08|29)\d\d|The requested URL returned error: 4(?!08|29)\d\d", RegexOptions.CultureInvariant)]
    private static partial Regex RefusedForGood();

    // curl: 5 and 6 names, 7 connect, 28 timeout, 35 TLS broken off, 52 empty reply, 55 and 56 send and receive, 92 HTTP/2 stream.
    [GeneratedRegex(@"curl: \((?:5|6|7|28|35|52|55|56|92)\)|could(?:n't| not) resolve host|fatal: unable to access '|fatal: could not read from remote repository", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FetcherLost();
}
