using Bento.Hosting;
using Bento.Rollouts;

namespace Dashboard.Board;

/// <summary>What every reader is shown until the next look.</summary>
/// <param name="Number">Counts the looks.</param>
/// <param name="Fleet">The hosts, and whether they can be looked at.</param>
/// <param name="Timeline">How they stood before.</param>
/// <param name="Now">When it was taken.</param>
public sealed record Look(long Number, WatchedFleet Fleet, Timeline Timeline, DateTimeOffset Now)
{
    /// <summary>Whether the timeline begins with what the records of the server say.</summary>
    public bool HasPast { get; init; }

    /// <summary>The rollout of the fleet; null when there is none.</summary>
    public RolloutStatus? Rollout { get; init; }

    /// <summary>Why the rollout could not be read; null when it was.</summary>
    public string? RolloutProblem { get; init; }
}
