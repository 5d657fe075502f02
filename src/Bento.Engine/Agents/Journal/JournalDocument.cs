using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>The journal as it is written. What was added later may be missing.</summary>
internal sealed record JournalDocument
{
    public required int Schema { get; init; }

    public required long Epoch { get; init; }

    public required long Sequence { get; init; }

    public required string? Release { get; init; }

    public required AttemptPart? Attempt { get; init; }

    public DateTimeOffset? RebootPendingSince { get; init; }

    public RebootPart? Reboot { get; init; }

    public SelfUpdatePart? SelfUpdate { get; init; }

    public LookPart? Look { get; init; }

    public FreezeDocument? Freeze { get; init; }

    /// <summary>An attempt. The release is its exact payload.</summary>
    internal sealed record AttemptPart
    {
        public required byte[] Payload { get; init; }

        public required int Attempt { get; init; }

        public required DateTimeOffset StartedAt { get; init; }

        public required AttemptPhase Phase { get; init; }

        public required string? Previous { get; init; }

        public required string? System { get; init; }

        public required AttemptOutcome? Outcome { get; init; }

        public required string? Reason { get; init; }

        public required IReadOnlyList<string> FailedUnits { get; init; }

        public required int Rollbacks { get; init; }

        public required bool WillRetry { get; init; }

        public required DateTimeOffset? RetryAt { get; init; }

        public string? BootId { get; init; }

        public bool RepairsStore { get; init; }

        public bool IsStaged { get; init; }

        public bool IsHeld { get; init; }

        public DateTimeOffset? HeldUntil { get; init; }

        public DateTimeOffset? HeldBackSince { get; init; }

        public string? Update { get; init; }

        public bool IsInterrupted { get; init; }

        public int Resumes { get; init; }

        public int Excuses { get; init; }

        public bool IsExcused { get; init; }

        public string? PreviousProfile { get; init; }

        public DateTimeOffset? SuspectSince { get; init; }

        public IReadOnlyList<string>? RejectedSystems { get; init; }
    }

    internal sealed record RebootPart(string Release, string System, string? BootId);

    internal sealed record LookPart(DateTimeOffset At, string? BootId);

    internal sealed record SelfUpdatePart(DateTimeOffset At, int Failures, string? Problem);
}
