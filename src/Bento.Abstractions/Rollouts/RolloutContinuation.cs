namespace Bento.Rollouts;

/// <summary>What a person decides who lets a rollout go on.</summary>
/// <remarks>Immutable. A timer decides nothing: it gives the default.</remarks>
public sealed record RolloutContinuation
{
    /// <summary>
    /// Takes back a pause, and lets a rollout that stopped itself go on: the hosts that failed until now no longer count against its
    /// budget.
    /// </summary>
    /// <value>Default: false.</value>
    public bool Resume { get; init; }

    /// <summary>Approves the next wave, if it waits for that.</summary>
    /// <value>Default: false.</value>
    public bool Approve { get; init; }
}
