namespace Bento.Agents.Attempts;

/// <summary>
/// How long an agent waits before it tries a release again that failed for a passing reason: longer each time, and not all hosts at once.
/// </summary>
internal static class RetryPause
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">From 0 to 1, another for each host and attempt.</param>
    public static TimeSpan After(int attempt, double jitter)
    {
        var pause = Shortest * double.Min(Math.Pow(2, attempt - 1), Longest / Shortest);
        return pause * (0.5 + (jitter / 2));
    }
}
