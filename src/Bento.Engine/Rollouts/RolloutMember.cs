using Bento.Protocol;

namespace Bento.Rollouts;

/// <summary>What is known of a host in a rollout.</summary>
/// <param name="Host">The host.</param>
/// <param name="Wave">The index of its wave.</param>
internal sealed record RolloutMember(HostName Host, int Wave)
{
    /// <summary>The release that it had when it was planned; null for none.</summary>
    public ReleaseId? Replaces { get; init; }

    /// <summary>The release that it got.</summary>
    public ReleaseId? Release { get; init; }

    /// <summary>The number of that release.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>When it got it, by the publisher's clock.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When it had last been heard when it got it: who was away is back when it is heard after that.</summary>
    public DateTimeOffset? SeenBefore { get; init; }

    /// <summary>Since when it is there with the release in its area, so that its time runs; null while it is away or paused.</summary>
    public DateTimeOffset? PresentSince { get; init; }

    /// <summary>Whether it ran the release once. That it is away afterwards says nothing.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether something else was published for it, by somebody else.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>Why its release could not be published.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it no longer counts against the budget.</summary>
    public bool IsForgiven { get; init; }
}
