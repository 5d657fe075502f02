namespace Bento.Protocol;

/// <summary>What an outcome means.</summary>
internal static class AttemptOutcomeExtensions
{
    /// <summary>Whether the host took the release.</summary>
    public static bool IsSuccess(this AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Succeeded or AttemptOutcome.Degraded or AttemptOutcome.RebootNeeded or AttemptOutcome.AutoUpdated;
}
