namespace Bento.Protocol;

/// <summary>What the agent may do on a host, besides switching to its release.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostPolicy
{
    /// <summary>The policy of a host about which nothing was said.</summary>
    public static HostPolicy Default { get; } = new();

    /// <summary>
    /// Whether the host updates the inputs of its flake by itself when there is nothing new (the file <c>SELF_UPDATE</c>).
    /// </summary>
    /// <value>Default: false.</value>
    public bool SelfUpdate { get; init; }

    /// <summary>
    /// Whether the host reboots when kernel, kernel modules or initrd of the booted and the new system differ (the file <c>REBOOT</c>).
    /// </summary>
    /// <value>Default: false.</value>
    public bool Reboot { get; init; }

    /// <summary>When it may reboot; null for any time.</summary>
    /// <value>Default: null.</value>
    public TimeWindows? RebootWindow { get; init; }

    /// <summary>When it may switch to a release; null for any time. Fetching and building do not wait.</summary>
    /// <value>Default: null.</value>
    public TimeWindows? SwitchWindow { get; init; }

    /// <summary>When it holds a switch or a reboot back by itself; null for never.</summary>
    /// <value>Default: null.</value>
    public HoldBack? HoldBack { get; init; }

    /// <summary>That it leaves itself as it is; null when nobody froze it.</summary>
    /// <value>Default: null.</value>
    public HostFreeze? Freeze { get; init; }

    /// <summary>Whether a switch that cannot be confirmed, or that fails, is undone.</summary>
    /// <value>Default: true.</value>
    public bool Rollback { get; init; } = true;

    /// <summary>
    /// Whether a system that the host went back from is switched to again when another release has it; else only another system is tried.
    /// </summary>
    /// <value>Default: false.</value>
    public bool RetryRolledBack { get; init; }

    /// <summary>How long the host has to prove that it is still alive after a switch.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What must hold after a switch, besides that the server can be reached.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<HealthCheck> HealthChecks { get; init => field = ValueList.Of(value); } = ValueList<HealthCheck>.Empty;
}
