using Bento.Trust;

namespace Bento.Agents;

/// <summary>How an agent works. Every path that is special on NixOS is here, so that many agents can live on one machine.</summary>
public sealed class AgentOptions
{
    /// <summary>The name of the host; a release for another one is refused.</summary>
    public string Host { get; set; } = string.Empty;

    /// <summary>The name of the fleet; a release of another one is refused.</summary>
    /// <value>Default: <c>bento</c>.</value>
    public string Fleet { get; set; } = "bento";

    /// <summary>Whose releases the host takes. Must be said: the default takes none.</summary>
    public TrustOptions Trust { get; } = new();

    /// <summary>Where the agent keeps its journal, its configuration trees and reports that wait. Must survive a reboot.</summary>
    /// <value>Default: <c>/var/lib/bento</c>.</value>
    public string StateDirectory { get; set; } = "/var/lib/bento";

    /// <summary>The profile whose target the next boot starts.</summary>
    /// <value>Default: <c>/nix/var/nix/profiles/system</c>, as NixOS has it.</value>
    public string SystemProfile { get; set; } = "/nix/var/nix/profiles/system";

    /// <summary>The link to the system that is active.</summary>
    /// <value>Default: <c>/run/current-system</c>, as NixOS has it.</value>
    public string CurrentSystem { get; set; } = "/run/current-system";

    /// <summary>The link to the system that the machine was booted into.</summary>
    /// <value>Default: <c>/run/booted-system</c>, as NixOS has it.</value>
    public string BootedSystem { get; set; } = "/run/booted-system";

    /// <summary>Whether a switch runs in a transient systemd unit, which outlives the agent; null where systemd is the init of the machine.</summary>
    /// <value>Default: null.</value>
    public bool? UseSystemd { get; set; }

    /// <summary>How often the host polls. The server counts it silent after three of these without a heartbeat.</summary>
    /// <value>Default: 15 minutes. From 10 seconds to one day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest that connecting to the server, or the fetch of a release, may take.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The largest configuration tree that is unpacked, in bytes.</summary>
    /// <value>Default: 1 GiB.</value>
    public long MaxTreeBytes { get; set; } = 1L << 30;
}
