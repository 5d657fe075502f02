using Bento.Status;

namespace Bento.Cli.History;

/// <summary>
/// Which attempt: the newest one with a log, a try at the newest release that was tried (<c>2</c>), or a try at a release (<c>7-2</c>,
/// <c>1.7-2</c> in epoch 1).
/// </summary>
/// <param name="Release">The number of the release as people read it; null for the newest that was tried.</param>
/// <param name="Attempt">Which try; null for the newest with a log.</param>
internal readonly record struct AttemptChoice(string? Release, int? Attempt)
{
    public IEnumerable<RecordedAttempt> Choose(HostRecord record)
    {
        var (release, number) = this;
        return number is null
            ? record.Attempts.Where(attempt => attempt.Log == LogState.Kept)
            : record.Attempts.Where(attempt => attempt.Attempt == number
                && (release is null ? attempt.Number == record.Attempts[0].Number : attempt.Number.ToString() == release));
    }

    public static bool IsSame(RecordedAttempt left, RecordedAttempt right) => (left.Number, left.Attempt) == (right.Number, right.Attempt);
}
