namespace Bento.Status;

/// <summary>What status concludes about a host.</summary>
public enum HostState
{
    /// <summary>The host has never reported.</summary>
    NewMachine,

    /// <summary>A new release waits; it describes the system that the host runs, only files differ.</summary>
    SyncPending,

    /// <summary>A new release waits; it describes another system.</summary>
    RebuildPending,

    /// <summary>An attempt began and has not ended.</summary>
    Updating,

    /// <summary>The host reported that it runs the current release.</summary>
    UpToDate,

    /// <summary>The host runs the current release and has updated its inputs by itself.</summary>
    AutoUpdated,

    /// <summary>The host reported more results for the current release than its retries explain.</summary>
    ExtraLogs,

    /// <summary>The last attempt at the current release failed, or the host left its system since.</summary>
    Failing,

    /// <summary>The host tried the current release and went back.</summary>
    RolledBack,

    /// <summary>The agent does not take the current release.</summary>
    Refused,

    /// <summary>No heartbeat and no report for three intervals.</summary>
    Silent,

    /// <summary>Nothing was ever published for the host.</summary>
    Unpublished,

    /// <summary>No configuration describes the host any more; its area or its record is still there.</summary>
    Removed,
}
