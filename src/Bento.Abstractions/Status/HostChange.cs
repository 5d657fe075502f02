namespace Bento.Status;

/// <summary>What a host did, or what was done for it.</summary>
public enum HostChange
{
    /// <summary>The host is new to status.</summary>
    Appeared,

    /// <summary>A new release waits for it.</summary>
    Published,

    /// <summary>An attempt began.</summary>
    Started,

    /// <summary>The host reported that it runs the current release.</summary>
    Succeeded,

    /// <summary>The host has updated its inputs by itself.</summary>
    AutoUpdated,

    /// <summary>An attempt failed.</summary>
    Failed,

    /// <summary>The host went back to the system that it ran before.</summary>
    RolledBack,

    /// <summary>The agent does not take the release.</summary>
    Refused,

    /// <summary>The host is no longer heard.</summary>
    Silent,

    /// <summary>The host is heard again, takes releases again or is described again, with nothing else to tell.</summary>
    Heard,

    /// <summary>
    /// A flag or the running system is another, and no attempt was made. Where the flag decides the state (it runs or was booted into
    /// another system), that is another too.
    /// </summary>
    FlagsChanged,

    /// <summary>No configuration describes the host any more.</summary>
    Removed,

    /// <summary>Nothing is left of the host.</summary>
    Disappeared,
}
