namespace Bento.Protocol;

/// <summary>The report how an attempt ended: <c>logs/&lt;sequence&gt;-&lt;attempt&gt;-result.json</c>.</summary>
/// <remarks>Immutable. Written by a machine that may be hostile: what it says about itself is a claim.</remarks>
public sealed record AttemptResult
{
    /// <summary>The release that was tried.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>Its number.</summary>
    public required ReleaseNumber Number { get; init; }

    /// <summary>From 1, one more with every try at this release.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it ended, by the host's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Why, as one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the agent will try this release again by itself.</summary>
    public bool WillRetry { get; init; }

    /// <summary>The system that was built; null when none was.</summary>
    public StorePath? Built { get; init; }

    /// <summary>What the host runs now; null when it cannot tell.</summary>
    public StorePath? Running { get; init; }

    /// <summary>The units that failed, where the outcome is <see cref="AttemptOutcome.Degraded"/>.</summary>
    public IReadOnlyList<string> FailedUnits { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>Since when the host should reboot, by its own clock; null when it need not.</summary>
    public DateTimeOffset? RebootPendingSince { get; init; }
}
