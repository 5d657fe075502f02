namespace Bento.Rollouts;

/// <summary>How far a host is in a rollout.</summary>
public enum RolloutHostState
{
    /// <summary>Its wave has not been published.</summary>
    Queued,

    /// <summary>Its release is published, and it has time left to answer.</summary>
    Waiting,

    /// <summary>
    /// It was away or paused when its release was published, and still is. It catches up later, and counts against nothing.
    /// </summary>
    Away,

    /// <summary>It runs the release.</summary>
    Confirmed,

    /// <summary>It failed, went back or refused, or its release could not be published.</summary>
    Failed,

    /// <summary>It was there, and has not answered in its time: counts as failed.</summary>
    TimedOut,

    /// <summary>Something else was published for it since the plan was made. The rollout leaves it alone.</summary>
    Replaced,
}
