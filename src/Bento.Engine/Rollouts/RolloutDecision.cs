namespace Bento.Rollouts;

/// <summary>What a rollout does now.</summary>
/// <param name="Phase">What.</param>
/// <param name="Wave">The index of the wave that it is about; 0 where it is about none.</param>
/// <param name="Until">When that ends by itself at the latest; null when it does not.</param>
internal sealed record RolloutDecision(RolloutPhase Phase, int Wave = 0, DateTimeOffset? Until = null);
