namespace Bento.Status;

/// <summary>How a run of bash bento ended, by the name of its log.</summary>
public enum BashOutcome
{
    /// <summary>The system was switched.</summary>
    Success,

    /// <summary>The system was not built or not switched.</summary>
    Failure,

    /// <summary>The server was not reachable afterwards, and the host went back.</summary>
    Rollback,

    /// <summary>The host updated its inputs by itself.</summary>
    AutoUpdate,
}
