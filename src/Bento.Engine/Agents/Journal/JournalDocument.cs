using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>The journal as it is written. The release is its exact payload.</summary>
internal sealed record JournalDocument(
    int Schema,
    long Epoch,
    long Sequence,
    string? Release,
    JournalDocument.AttemptPart? Attempt,
    DateTimeOffset? RebootPendingSince = null,
    JournalDocument.RebootPart? Reboot = null,
    JournalDocument.SelfUpdatePart? SelfUpdate = null,
    JournalDocument.LookPart? Look = null)
{
    internal sealed record AttemptPart(
        byte[] Payload,
        int Attempt,
        DateTimeOffset StartedAt,
        AttemptPhase Phase,
        string? Previous,
        string? System,
        AttemptOutcome? Outcome,
        string? Reason,
        IReadOnlyList<string> FailedUnits,
        int Rollbacks,
        bool WillRetry,
        DateTimeOffset? RetryAt,
        string? BootId = null,
        bool RepairsStore = false,
        bool IsStaged = false,
        string? Update = null,
        bool IsInterrupted = false,
        int Resumes = 0,
        int Excuses = 0,
        bool IsExcused = false,
        string? PreviousProfile = null,
        DateTimeOffset? SuspectSince = null);

    internal sealed record RebootPart(string Release, string System, string? BootId);

    internal sealed record LookPart(DateTimeOffset At, string? BootId);

    internal sealed record SelfUpdatePart(DateTimeOffset At, int Failures, string? Problem);
}
