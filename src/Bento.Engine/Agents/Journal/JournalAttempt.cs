using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>An attempt as the journal holds it.</summary>
/// <param name="Release">The release that is tried: the accepted payload, so that an attempt goes on without asking the server
/// again.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="StartedAt">When, by the host's clock.</param>
/// <param name="Phase">Where it is.</param>
internal sealed record JournalAttempt(Release Release, int Attempt, DateTimeOffset StartedAt, AttemptPhase Phase)
{
    /// <summary>What ran before; set when activating begins. The way back: never "one generation down", which may be another one.</summary>
    public StorePath? Previous { get; init; }

    /// <summary>What the next boot would have started before; set together with <see cref="Previous"/>.</summary>
    public StorePath? PreviousProfile { get; init; }

    /// <summary>The system that was built; set when building has ended.</summary>
    public StorePath? System { get; init; }

    /// <summary>The systems that the host went back from before this attempt.</summary>
    public RejectedSystems Rejected { get; init; } = RejectedSystems.None;

    /// <summary>How it ended; while it is being confirmed, how it will end if it is.</summary>
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>Why, as one sentence; while it waits for the server, why it does; while it is being rolled back, why it must be.</summary>
    public string? Reason { get; init; }

    /// <summary>The units that failed in the switch.</summary>
    public IReadOnlyList<string> FailedUnits { get; init; } = [];

    /// <summary>
    /// Whether the run that looked for the server before the switch is gone: the server may be away since before the switch, and not
    /// because of it.
    /// </summary>
    public bool IsInterrupted { get; init; }

    /// <summary>How many runs went on with it after its switch had begun.</summary>
    public int Resumes { get; init; }

    /// <summary>How often the release was undone for a passing reason, this attempt and those before it.</summary>
    public int Excuses { get; init; }

    /// <summary>Whether it is undone for a passing reason: the release is not at fault as far as anybody knows.</summary>
    public bool IsExcused { get; init; }

    /// <summary>How often putting the old system back has failed.</summary>
    public int Rollbacks { get; init; }

    /// <summary>Whether its switch waits because the release says when it may begin, and not for the server.</summary>
    public bool IsHeld { get; init; }

    /// <summary>When it is worth asking again whether it may begin; null where only asking tells.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Since when the host holds a switch back because somebody works on it, this attempt and those before it.</summary>
    public DateTimeOffset? HeldBackSince { get; init; }

    /// <summary>Which boot of the machine works on it; null when that cannot be told.</summary>
    public string? BootId { get; init; }

    /// <summary>Whether building reads the store again and repairs it.</summary>
    public bool RepairsStore { get; init; }

    /// <summary>Since when the store was written of which that is so; null where nobody knows.</summary>
    public DateTimeOffset? SuspectSince { get; init; }

    /// <summary>Whether the system was prepared for the next boot and not switched to.</summary>
    public bool IsStaged { get; init; }

    /// <summary>
    /// What the host updated by itself, where that is what is tried and not the release as it was published: "Self-update of nixpkgs (a to
    /// b)".
    /// </summary>
    public string? Update { get; init; }

    /// <summary>Whether it is to be tried again.</summary>
    public bool WillRetry { get; init; }

    /// <summary>The earliest next try; null for at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
