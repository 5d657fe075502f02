using Bento.Protocol;

namespace Bento.Status;

/// <summary>
/// Which reports may enter a record. A host cannot push its past out: a report counts only when it names a release that was published, by
/// number and id; what comes later never goes below the newest release that was tried; and one release takes half of the room at most. No
/// I/O.
/// </summary>
internal sealed class ReportAdmission(HostRecord record, int keptAttempts)
{
    /// <summary>How many letters of the names of failed units a record keeps of one attempt.</summary>
    private const int MaxUnitLetters = 8192;

    private readonly ReleaseNumber? _newest = record.Attempts is [var newest, ..] ? newest.Number : null;
    private readonly Dictionary<ReleaseNumber, HashSet<int>> _admitted = [];

    /// <summary>How many attempts at one release a record keeps.</summary>
    public static int KeptOfOneRelease(int keptAttempts) => (keptAttempts + 1) / 2;

    /// <summary>Whether the newest attempt is one of the epoch of the current release, so that numbers alone say what is newer.</summary>
    public bool IsEpochHeard =>
        _newest is { } newest && !(record.Releases is [var current, ..] && newest.Epoch != current.Release.Number.Epoch);

    /// <summary>Whether a report of this name could add anything; decided without opening it.</summary>
    /// <remarks>Names do not say the epoch: what an older epoch left is read again, until a report of this one is known. Times would not
    /// tell: clocks go back.</remarks>
    public bool IsWorthReading(ReportName name)
    {
        if (_newest is not { } newest || !IsEpochHeard)
        {
            return true;
        }

        foreach (var attempt in record.Attempts)
        {
            if (attempt.Number.Sequence == name.Sequence && attempt.Attempt == name.Attempt && attempt.Number.Epoch == newest.Epoch)
            {
                return name.Kind == ReportKind.Start ? attempt.Start is null : attempt.Result is null;
            }
        }

        return name.Sequence > newest.Sequence || (name.Sequence == newest.Sequence && !IsBelowTheKept(newest, name.Attempt));
    }

    /// <summary>Whether there is room for one more report of this name beside the newer ones that were admitted.</summary>
    public bool HasRoom(ReportName name)
    {
        var total = 0;
        foreach (var (number, attempts) in _admitted)
        {
            if (number.Sequence == name.Sequence)
            {
                if (attempts.Contains(name.Attempt))
                {
                    return true;
                }

                if (attempts.Count >= KeptOfOneRelease(keptAttempts))
                {
                    return false;
                }
            }

            total += attempts.Count;
        }

        return total < keptAttempts;
    }

    /// <summary>
    /// Whether a report is about a release that was published; one that is not counts as a stranger, unless it is older than all that is
    /// known.
    /// </summary>
    public bool Admit(ReportBatch batch, ReleaseId id, ReleaseNumber number, int attempt)
    {
        if (!Knows(record, id, number))
        {
            batch.StrangerCount += record.Releases is [.., var oldest] && number < oldest.Release.Number ? 0 : 1;
            return false;
        }

        if (number < _newest && !record.Attempts.Any(known => known.Number == number && known.Attempt == attempt))
        {
            return false;
        }

        if (!_admitted.TryGetValue(number, out var attempts))
        {
            _admitted[number] = attempts = [];
        }

        _ = attempts.Add(attempt);
        return true;
    }

    /// <summary>
    /// The report as a record keeps it: a host that names failed units without end makes its record no larger than others do.
    /// </summary>
    public static AttemptResult Bounded(AttemptResult result)
    {
        var letters = 0;
        return result.FailedUnits.Sum(unit => unit.Length) <= MaxUnitLetters
            ? result
            : result with { FailedUnits = [.. result.FailedUnits.TakeWhile(unit => (letters += unit.Length) <= MaxUnitLetters)] };
    }

    private static bool Knows(HostRecord record, ReleaseId id, ReleaseNumber number) =>
        record.Releases.Any(published => published.Release.Id == id && published.Release.Number == number);

    private bool IsBelowTheKept(ReleaseNumber number, int attempt)
    {
        var kept = record.Attempts.Where(known => known.Number == number).ToList();
        return kept.Count >= KeptOfOneRelease(keptAttempts) && attempt < kept.Min(known => known.Attempt);
    }
}
