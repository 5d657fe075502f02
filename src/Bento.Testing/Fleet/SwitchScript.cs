namespace Bento.Testing.Fleet;

/// <summary>How the next switch of a scripted machine goes.</summary>
public enum SwitchScript
{
    /// <summary>As it should.</summary>
    Done,

    /// <summary>The system runs, but units of it failed.</summary>
    Degraded,

    /// <summary>It fails and leaves what ran before.</summary>
    Failed,

    /// <summary>It cannot even be started.</summary>
    NotStarted,

    /// <summary>Not even the profile can be set.</summary>
    ProfileNotSet,

    /// <summary>It works, and with the new system the machine reaches no server.</summary>
    CutsNetwork,

    /// <summary>It is forbidden while the machine runs; the next boot starts the system.</summary>
    Inhibited,

    /// <summary>It works, and needs another kernel.</summary>
    NeedsReboot,
}
