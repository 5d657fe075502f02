namespace Bento.Protocol;

/// <summary>What an outcome means.</summary>
public static class AttemptOutcomeExtensions
{
    /// <summary>Whether the host took the release, even if not all of it works yet.</summary>
    /// <param name="outcome">How an attempt ended.</param>
    /// <returns>
    /// True for <see cref="AttemptOutcome.Succeeded"/>, <see cref="AttemptOutcome.Degraded"/>, <see
    /// cref="AttemptOutcome.RebootNeeded"/> and <see cref="AttemptOutcome.AutoUpdated"/>.
    /// </returns>
    public static bool IsSuccess(this AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Succeeded or AttemptOutcome.Degraded or AttemptOutcome.RebootNeeded or AttemptOutcome.AutoUpdated;
}
