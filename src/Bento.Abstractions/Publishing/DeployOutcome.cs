namespace Bento.Publishing;

/// <summary>What an operation did for one host.</summary>
public enum DeployOutcome
{
    /// <summary>The host's release would not change: nothing was built or touched.</summary>
    Unchanged,

    /// <summary>The system is known, and nobody asked for it to be built or published here.</summary>
    Evaluated,

    /// <summary>The system is built, and nobody asked for it to be published.</summary>
    Built,

    /// <summary>A new release is current.</summary>
    Published,

    /// <summary>The current release stays, and is valid for longer.</summary>
    Refreshed,

    /// <summary>A release is written down and waits for signatures; the host keeps the one that it had.</summary>
    Prepared,

    /// <summary>It failed; the host keeps the release that it had.</summary>
    Failed,

    /// <summary>The host waits for its wave in a rollout; it keeps the release that it had until then.</summary>
    Queued,
}
