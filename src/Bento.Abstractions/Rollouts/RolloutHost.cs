using Bento.Protocol;

namespace Bento.Rollouts;

/// <summary>One host of a rollout.</summary>
/// <param name="Host">The host.</param>
/// <param name="State">How far it is.</param>
/// <remarks>Immutable.</remarks>
public sealed record RolloutHost(HostName Host, RolloutHostState State)
{
    /// <summary>Its wave, counted from 1; 0 for a host that waits for no wave, because it is new or far behind.</summary>
    public int Wave { get; init; }

    /// <summary>The number of the release that it got; null before that.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>Why it is in its state, as one sentence; null where the state says all.</summary>
    public string? Reason { get; init; }

    /// <summary>Until when it has time to answer; null when it is not waited for.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it is among those that an operator no longer counts, by letting the rollout go on.</summary>
    public bool IsForgiven { get; init; }
}
