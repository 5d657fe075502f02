using Bento.Protocol;

namespace Bento.Status;

/// <summary>
/// What the logs of bash bento say. They name no release: one that arrived after a release was published answers it, unless it names a
/// success of another system, which was the release before. Pure.
/// </summary>
internal static class BashRule
{
    /// <summary>Whether the host runs bash bento: its logs are the newest that was heard of it.</summary>
    public static bool Speaks(HostRecord record) =>
        record.BashLogs is [var log, ..]
        && !(record.HeartbeatReceived >= log.Received)
        && !record.Attempts.Any(attempt => attempt.Received >= log.Received);

    /// <param name="logs">The logs, newest first; at least one.</param>
    /// <param name="current">The current release.</param>
    public static Verdict Judge(IReadOnlyList<BashLog> logs, PublishedRelease current)
    {
        var last = logs[0];
        var answers = logs.TakeWhile(log => log.Received > current.At).ToList();
        if (answers.Count == 0 || (last.Outcome == BashOutcome.Success && !IsExpected(last, current.Release)))
        {
            return Runs(last, current.Release)
                ? new Verdict(
                    HostState.SyncPending,
                    $"Release {current.Release.Number} waits to be fetched by bash bento; it describes the system that the host runs.",
                    current.At)
                : new Verdict(
                    HostState.RebuildPending,
                    $"Release {current.Release.Number} waits to be fetched by bash bento; it describes another system.",
                    current.At);
        }

        var finalCount = answers.Count(log => log.Outcome != BashOutcome.AutoUpdate);
        return last.Outcome switch
        {
            BashOutcome.Rollback => new Verdict(HostState.RolledBack, "bash bento reports that the host went back.", last.Received),
            BashOutcome.Failure => new Verdict(HostState.Failing, "bash bento reports a failure.", last.Received),
            BashOutcome.AutoUpdate =>
                new Verdict(HostState.AutoUpdated, "bash bento reports that the host updated its inputs by itself.", last.Received),
            _ when finalCount > 1 => new Verdict(
                HostState.ExtraLogs,
                $"bash bento left {finalCount} logs since release {current.Release.Number}; one explains itself.",
                last.Received),
            _ => new Verdict(HostState.UpToDate, $"Release {current.Release.Number}: bash bento reports success.", last.Received),
        };
    }

    /// <summary>A name says no store directory. Where no system is expected, the host is believed.</summary>
    private static bool IsExpected(BashLog log, Release release) =>
        release.ExpectedSystem is not { } expected || log.System.BaseName == expected.BaseName;

    private static bool Runs(BashLog log, Release release) =>
        release.ExpectedSystem is { } expected && log.System.BaseName == expected.BaseName;
}
