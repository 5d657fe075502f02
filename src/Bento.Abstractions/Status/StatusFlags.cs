namespace Bento.Status;

/// <summary>What else is to be known about a host, beside its state.</summary>
[Flags]
public enum StatusFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Units of the running system failed.</summary>
    Degraded = 1,

    /// <summary>The host should reboot.</summary>
    RebootPending = 2,

    /// <summary>The newest heartbeat names another running system than the host reported for its release.</summary>
    Drift = 4,

    /// <summary>Somebody paused the agent.</summary>
    Paused = 8,

    /// <summary>The host was rebooted into its system and came up with another one.</summary>
    BootedOld = 16,

    /// <summary>The host could not open the secrets that it should have: its services run without them.</summary>
    SecretsLocked = 32,

    /// <summary>
    /// The server's own record of the host, or its area, could not be read: the state says what is known without it. A remark says why.
    /// </summary>
    Unreadable = 64,

    /// <summary>The agent says that it cannot take any release: its own state can be neither read nor written.</summary>
    Stuck = 128,

    /// <summary>
    /// The host is heard, and has left its release waiting for more than three of its intervals, though nobody paused it.
    /// </summary>
    Overdue = 256,

    /// <summary>The operator froze the host: it begins nothing new.</summary>
    Frozen = 512,

    /// <summary>The host was given back what it had before, and a deploy leaves it alone until somebody says otherwise.</summary>
    Pinned = 1024,

    /// <summary>The system of the release is built, and its switch waits for the window or the people that the release names.</summary>
    Held = 2048,

    /// <summary>
    /// The newest configuration of the host could not be evaluated or built on the machine that was asked: the host keeps its release, and
    /// gets no new one. Ends with a build or a deploy that succeeds there.
    /// </summary>
    BuildFailed = 4096,
}
