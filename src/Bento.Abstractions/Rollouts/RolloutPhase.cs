namespace Bento.Rollouts;

/// <summary>What a rollout does now.</summary>
public enum RolloutPhase
{
    /// <summary>The next wave can be published.</summary>
    Ready,

    /// <summary>Hosts of the last wave that was published have not answered, and there is time left.</summary>
    Waiting,

    /// <summary>The last wave went well, and is given time to show what it does.</summary>
    Soaking,

    /// <summary>The next wave waits for somebody to approve it.</summary>
    NeedsApproval,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>It stopped itself: more hosts failed than may. Nothing is published until somebody lets it go on.</summary>
    Stopped,

    /// <summary>Every wave was published, and no host is waited for.</summary>
    Finished,

    /// <summary>Somebody ended it. Hosts keep what they have.</summary>
    Aborted,

    /// <summary>Somebody ended it and had what it published taken back.</summary>
    Undone,
}
