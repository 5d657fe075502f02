namespace Bento.Rollouts;

/// <summary>What follows from a phase.</summary>
public static class RolloutPhaseExtensions
{
    /// <summary>Whether nothing will be published any more.</summary>
    /// <param name="phase">The phase.</param>
    /// <returns>True when the rollout is over.</returns>
    public static bool IsOver(this RolloutPhase phase) =>
        phase is RolloutPhase.Finished or RolloutPhase.Aborted or RolloutPhase.Undone;

    /// <summary>Whether only a person makes it go on.</summary>
    /// <param name="phase">The phase.</param>
    /// <returns>True when waiting changes nothing.</returns>
    public static bool NeedsPerson(this RolloutPhase phase) =>
        phase is RolloutPhase.Stopped or RolloutPhase.Paused or RolloutPhase.NeedsApproval;
}
