namespace Bento.Protocol;

/// <summary>The report that an attempt begins: <c>logs/&lt;sequence&gt;-&lt;attempt&gt;-start.json</c>.</summary>
/// <remarks>Immutable. Written by a machine that may be hostile.</remarks>
public sealed record AttemptStart
{
    /// <summary>The release that is tried.</summary>
    public required ReleaseId Release { get; init; }

    /// <summary>Its number.</summary>
    public required ReleaseNumber Number { get; init; }

    /// <summary>From 1, one more with every try at this release.</summary>
    public required int Attempt { get; init; }

    /// <summary>When, by the host's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the host runs; null when it cannot tell.</summary>
    public required StorePath? Running { get; init; }
}
