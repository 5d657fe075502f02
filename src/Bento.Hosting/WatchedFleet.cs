using Bento.Status;

namespace Bento.Hosting;

/// <summary>How a fleet stood when it was last looked at, and whether it can be looked at now.</summary>
/// <remarks>Immutable.</remarks>
public sealed class WatchedFleet
{
    /// <summary>The hosts of the last look that succeeded, in ordinal order of their names.</summary>
    /// <value>Default: none. They stay while the fleet cannot be looked at.</value>
    public IReadOnlyList<HostStatus> Hosts { get; init; } = [];

    /// <summary>When the last look that succeeded ended; null before the first one.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Why the fleet cannot be looked at, as one sentence; null when the last look succeeded, or none has ended yet.</summary>
    public string? Problem { get; init; }

    /// <summary>Since when the fleet cannot be looked at; null when it can.</summary>
    public DateTimeOffset? ProblemSince { get; init; }
}
