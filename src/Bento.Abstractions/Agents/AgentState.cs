using Bento.Protocol;

namespace Bento.Agents;

/// <summary>What a host knows about itself.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AgentState
{
    /// <summary>The host.</summary>
    public required HostName Host { get; init; }

    /// <summary>What the machine runs, boots and was booted into.</summary>
    public required MachineState Machine { get; init; }

    /// <summary>Where the host stands, as one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The release that was last accepted; null when none was.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>Where the configuration of the last attempt's release comes from; null when that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>
    /// The system that the last attempt is about: the one that was built, else the one that the release expects; null when neither is
    /// known.
    /// </summary>
    public StorePath? Wanted { get; init; }

    /// <summary>How the last attempt ended; null when there was none, or it goes on.</summary>
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>When a failed release is tried again at the earliest; null when it is not.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Since when the host should reboot; null when it need not.</summary>
    public DateTimeOffset? RebootPendingSince { get; init; }

    /// <summary>That somebody paused the agent; null when nobody has.</summary>
    public AgentPause? Pause { get; init; }

    /// <summary>The agent that works now: user, machine, process and time; null when none does.</summary>
    public string? Worker { get; init; }

    /// <summary>How many reports wait for the server.</summary>
    public int WaitingReportCount { get; init; }

    /// <summary>Whether the secrets that the host should have are not in its memory.</summary>
    public bool AreSecretsLocked { get; init; }

    /// <summary>What waits, and why, one sentence each; empty when nothing does.</summary>
    public IReadOnlyList<string> Waits { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;
}
