using Bento.Protocol;
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

    /// <summary>
    /// Directories that root may use although they belong to another user: that of <see cref="ConfigurationFile"/>, the state directory.
    /// <c>*</c> for all.
    /// </summary>
    /// <value>Default: none. Who became root by sudo may own them.</value>
    public IList<string> SafeDirectories { get; } = [];

    /// <summary>The file that these options come from: who owns it decides what root does on this host.</summary>
    /// <value>Default: null, which is none.</value>
    public string? ConfigurationFile { get; set; }

    /// <summary>The profile whose target the next boot starts.</summary>
    /// <value>Default: <c>/nix/var/nix/profiles/system</c>, as NixOS has it.</value>
    public string SystemProfile { get; set; } = "/nix/var/nix/profiles/system";

    /// <summary>The link to the system that is active.</summary>
    /// <value>Default: <c>/run/current-system</c>, as NixOS has it.</value>
    public string CurrentSystem { get; set; } = "/run/current-system";

    /// <summary>The link to the system that the machine was booted into.</summary>
    /// <value>Default: <c>/run/booted-system</c>, as NixOS has it.</value>
    public string BootedSystem { get; set; } = "/run/booted-system";

    /// <summary>The file that tells one boot of the machine from another.</summary>
    /// <value>Default: <c>/proc/sys/kernel/random/boot_id</c>, as Linux has it.</value>
    public string BootIdFile { get; set; } = "/proc/sys/kernel/random/boot_id";

    /// <summary>
    /// Whether a switch runs in a transient systemd unit, which outlives the agent; null where systemd is the init of the machine.
    /// </summary>
    /// <value>Default: null.</value>
    public bool? UseSystemd { get; set; }

    /// <summary>How often the host polls. The server counts it silent after three of these without a heartbeat.</summary>
    /// <value>Default: 15 minutes. From 10 seconds to one day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How often a resident agent looks whether there is a new release, by looking at one file over a connection that it keeps. Heartbeats
    /// go out every <see cref="Interval"/>, and when there is news.
    /// </summary>
    /// <value>Default: one minute. From one second to one day; never less often than <see cref="Interval"/>.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a host that updates its flake by itself waits at least between two looks at the inputs; longer, up to eight times, while
    /// they fail.
    /// </summary>
    /// <value>Default: one day. From one minute to 30 days.</value>
    public TimeSpan SelfUpdateInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The longest that evaluating and building a system may take; what takes longer hangs.</summary>
    /// <value>Default: 6 hours. From one minute to 7 days.</value>
    public TimeSpan BuildTimeout { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// The longest that a switch may take; one that hangs is ended, counts as failed, and is undone. So is any other program that touches
    /// the machine, a minute later.
    /// </summary>
    /// <value>Default: one hour. From one minute to 7 days.</value>
    public TimeSpan SwitchTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest that connecting to the server, or the fetch of a release, may take.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Where the host finds its secrets: a link to those of the release that it runs. Must lie on a file system in memory (tmpfs or ramfs):
    /// they are never on a disk in the clear.
    /// </summary>
    /// <value>Default: <c>/run/bento/secrets</c>.</value>
    public string SecretsDirectory { get; set; } = "/run/bento/secrets";

    /// <summary>
    /// The private SSH key that opens the secrets: its public half is the <c>publicKey</c> of this host in <c>bento.json</c>.
    /// </summary>
    /// <value>Default: <c>/etc/ssh/ssh_host_ed25519_key</c>.</value>
    public string SecretsIdentityFile { get; set; } = "/etc/ssh/ssh_host_ed25519_key";

    /// <summary>
    /// The file that keeps a key of the server which was taken at first contact; its fingerprint is in every heartbeat until this is null
    /// again.
    /// </summary>
    /// <value>Default: null, which is: the keys of the server are pinned.</value>
    public string? AcceptedHostKeyFile { get; set; }

    /// <summary>
    /// Whether a host that gets its system whole asks the substituters of its own Nix first, for paths that they have under a signature
    /// which the host trusts; the rest comes from the area.
    /// </summary>
    /// <value>Default: false.</value>
    public bool UseSubstituters { get; set; }

    /// <summary>The largest configuration tree that is unpacked, in bytes.</summary>
    /// <value>Default: 1 GiB.</value>
    public long MaxTreeBytes { get; set; } = TreeLimits.MaxBytes;
}
