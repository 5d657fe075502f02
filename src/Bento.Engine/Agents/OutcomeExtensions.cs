namespace Bento.Agents;

/// <summary>What an outcome means.</summary>
internal static class OutcomeExtensions
{
    /// <summary>Whether the host took the release.</summary>
    public static bool IsSuccess(this Outcome outcome) =>
        outcome is Outcome.Succeeded or Outcome.Degraded or Outcome.RebootNeeded or Outcome.AutoUpdated;
}
