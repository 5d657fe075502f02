namespace Bento.Status;

/// <summary>How far a host is with a release.</summary>
public enum ReleaseProgress
{
    /// <summary>It has not ended with it, or is away.</summary>
    Waiting,

    /// <summary>It runs the release, or a newer one.</summary>
    Converged,

    /// <summary>It tried or refused the release, and somebody should look.</summary>
    Failed,
}
