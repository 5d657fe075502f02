namespace Bento.Protocol;

/// <summary>The result of an attempt as it is written.</summary>
internal sealed record AttemptResultDocument(
    int Schema,
    string Release,
    long Epoch,
    long Sequence,
    int Attempt,
    DateTimeOffset At,
    double DurationSeconds,
    AttemptOutcome Outcome,
    string Reason,
    bool WillRetry,
    string? Built,
    string? Running,
    IReadOnlyList<string> FailedUnits,
    DateTimeOffset? RebootPendingSince);
