namespace Bento.Protocol;

/// <summary>How an attempt at a release ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The host runs the system of the release.</summary>
    Succeeded,

    /// <summary>The host runs the system of the release, but units of it failed.</summary>
    Degraded,

    /// <summary>The system is built and will run after the next boot: it could not, or should not, be switched to live.</summary>
    RebootNeeded,

    /// <summary>The content could not be fetched, or is not what the release says.</summary>
    FetchFailed,

    /// <summary>The system does not build.</summary>
    BuildFailed,

    /// <summary>The system was built and is another than the release expects; it was not activated.</summary>
    Mismatch,

    /// <summary>The switch failed.</summary>
    ActivationFailed,

    /// <summary>The switch could not be confirmed, and rolling back is switched off or impossible.</summary>
    Unconfirmed,

    /// <summary>The switch failed or could not be confirmed, and the host is back on the system that it ran before.</summary>
    RolledBack,

    /// <summary>The host updated the inputs of its flake by itself and runs the result.</summary>
    AutoUpdated,

    /// <summary>The switch failed or could not be confirmed, and the system that ran before could not be put back.</summary>
    NeedsHuman,
}
