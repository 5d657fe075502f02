using Bento.Publishing;

namespace Bento.Rollouts;

/// <summary>What came of beginning a rollout.</summary>
/// <param name="Report">What was done for each host. One that waits for its wave is <see cref="DeployOutcome.Queued"/>.</param>
/// <param name="Status">The rollout; null when there was nothing to publish, or the answer was no.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutStart(DeployReport Report, RolloutStatus? Status);
