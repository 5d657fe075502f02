namespace Bento.Rollouts;

/// <summary>A rollout stopped itself. What an operator says lies in a file of its own, and neither touches the other.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why, as one sentence.</param>
internal sealed record RolloutStop(DateTimeOffset At, string Reason);
