namespace Bento.Protocol;

/// <summary>What a host says about itself at every poll: <c>logs/beat.json</c>.</summary>
/// <remarks>Immutable. Written by a machine that may be hostile: what it says about itself is a claim.</remarks>
public sealed record Heartbeat
{
    /// <summary>When, by the host's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How often the host polls.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The version of the agent.</summary>
    public required string Agent { get; init; }

    /// <summary>What the host runs; null when it cannot tell.</summary>
    public StorePath? Running { get; init; }

    /// <summary>What the host was booted into; null when it cannot tell.</summary>
    public StorePath? Booted { get; init; }

    /// <summary>The release that the host last accepted; null when it has accepted none.</summary>
    public ReleaseId? Release { get; init; }

    /// <summary>Why it does not take the release that it finds; null when it does, or finds none.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The refusal, or what the agent waits for, as one sentence; null when there is nothing to say.</summary>
    public string? Detail { get; init; }

    /// <summary>
    /// The fingerprint of the key of its server, when the host took it at first contact and nobody has pinned it yet; null when it is
    /// pinned.
    /// </summary>
    public KeyFingerprint? AcceptedHostKey { get; init; }

    /// <summary>Since when the host should reboot, by its own clock; null when it need not.</summary>
    public DateTimeOffset? RebootPendingSince { get; init; }

    /// <summary>Whether the host was rebooted into the system of its release and came up with another one.</summary>
    /// <value>Default: false.</value>
    public bool IsBootedOld { get; init; }

    /// <summary>Whether the secrets that the host should have are not in its memory, because it could not open them.</summary>
    /// <value>Default: false.</value>
    public bool AreSecretsLocked { get; init; }

    /// <summary>
    /// Whether the agent cannot take any release, because its own state can be neither read nor written; <see cref="Detail"/> says why, and
    /// what to do.
    /// </summary>
    /// <value>Default: false.</value>
    public bool IsStuck { get; init; }

    /// <summary>
    /// Whether the system of its release is built, and its switch waits for the window or the people that the release names;
    /// <see cref="Detail"/> says which.
    /// </summary>
    /// <value>Default: false.</value>
    public bool IsHeld { get; init; }

    /// <summary>That somebody paused the agent; null when nobody has.</summary>
    public AgentPause? Pause { get; init; }

    /// <summary>
    /// Whose releases it takes, by the configuration that its agent runs with; null when it does not say, as agents did that are older than
    /// this.
    /// </summary>
    public HostTrust? Trusts { get; init; }

    /// <summary>
    /// The systems that it went back from and does not switch to again, unless the policy of a release says so.
    /// </summary>
    /// <value>Default: none.</value>
    public RejectedSystems Rejected { get; init; } = RejectedSystems.None;
}
