using Bento.Agents;

namespace Bento.Status;

/// <summary>Whether a host has shown that it runs what was published since some keys sign. Pure.</summary>
internal static class KeyHandoverRule
{
    /// <param name="record">What the server knows of the host.</param>
    /// <param name="remaining">The fingerprints of the keys that will sign.</param>
    /// <param name="threshold">How many of them must have signed.</param>
    public static bool IsReady(HostRecord record, IReadOnlyCollection<string> remaining, int threshold)
    {
        var since = record.Releases
            .Where(published => remaining.Count(published.SignedBy.Contains) >= threshold)
            .Select(published => published.Release.Id)
            .ToHashSet();
        return record.Attempts.Any(attempt => attempt.Result is { } result && since.Contains(result.Release) && Runs(record, result));
    }

    /// <summary>Which keys a host trusts stands in the system that it runs, not in the one that its next boot starts.</summary>
    private static bool Runs(HostRecord record, AttemptResult result) =>
        result.Outcome.IsSuccess() && (result.Outcome != Outcome.RebootNeeded || (result.Built is { } built && record.Heartbeat?.Running == built));
}
