namespace Bento.Rollouts;

/// <summary>The word of an operator, with the rollout that it is about: it says nothing about the next one.</summary>
internal sealed record HoldEntry(string Rollout, RolloutHold Hold);
