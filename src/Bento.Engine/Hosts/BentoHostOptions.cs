using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>What is said about one host: an entry of <c>hosts</c> in <c>bento.json</c>.</summary>
public sealed class BentoHostOptions
{
    /// <summary>Words to select the host by: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Its attribute of <c>nixosConfigurations</c>, where that is not its name: <c>web.example.org</c>.</summary>
    /// <value>Default: null, which is the name of the host.</value>
    public string? Attribute { get; set; }

    /// <summary>
    /// Whether deploy only evaluates the system and leaves building to the host. The file <c>NOLOCALBUILD</c> in its directory says the
    /// same.
    /// </summary>
    /// <value>Default: false.</value>
    public bool EvaluateOnly { get; set; }

    /// <summary>What the host gets: its configuration, or its system with all that this needs, for a host that builds nothing.</summary>
    /// <value>Default: null, which is what <see cref="BentoOptions.SystemDelivery"/> says.</value>
    public Delivery? Delivery { get; set; }

    /// <summary>
    /// Whether the host updates the inputs of its flake by itself. The file <c>SELF_UPDATE</c> in its directory says the same.
    /// </summary>
    /// <value>Default: false.</value>
    public bool SelfUpdate { get; set; }

    /// <summary>Whether the host reboots when its kernel changed. The file <c>REBOOT</c> in its directory says the same.</summary>
    /// <value>Default: false.</value>
    public bool Reboot { get; set; }

    /// <summary>When it may reboot, in the words of <see cref="TimeWindows.Parse"/>: <c>02:00-05:00</c>.</summary>
    /// <value>Default: null, which is any time.</value>
    public string? RebootWindow { get; set; }

    /// <summary>
    /// When it may switch, in the words of <see cref="TimeWindows.Parse"/>: <c>Mon-Fri 22:00-05:00, Sun 10:00-16:00 Europe/Berlin</c>.
    /// </summary>
    /// <value>Default: null, which is any time.</value>
    public string? SwitchWindow { get; set; }

    /// <summary>When it holds a switch or a reboot back by itself.</summary>
    /// <value>Default: never.</value>
    public HoldBackOptions HoldBack { get; set; } = new();

    /// <summary>Whether a switch that cannot be confirmed is undone.</summary>
    /// <value>Default: true.</value>
    public bool Rollback { get; set; } = true;

    /// <summary>
    /// Whether a system that the host went back from is switched to again when another release has it; else only another system is tried.
    /// </summary>
    /// <value>Default: false.</value>
    public bool RetryRolledBack { get; set; }

    /// <summary>How long the host has to prove that it is still alive after a switch.</summary>
    /// <value>Default: 5 minutes. From 10 seconds to one day.</value>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What must hold after a switch, besides that the server can be reached.</summary>
    public IList<HealthCheck> HealthChecks { get; } = [];

    /// <summary>
    /// The public half of the key that only this host has, as OpenSSH writes it: the one that it logs in with. Its secrets are encrypted to
    /// it; <c>ssh-ed25519</c> or <c>ssh-rsa</c>.
    /// </summary>
    /// <value>Default: null; then it can have no secrets.</value>
    public string? PublicKey { get; set; }

    /// <summary>Who may read which of its secrets, by the path of the file below <c>secrets/</c>.</summary>
    /// <value>Default: none: all of them belong to root, and only root reads them.</value>
    public IDictionary<string, SecretOptions> Secrets { get; } = new Dictionary<string, SecretOptions>(StringComparer.Ordinal);
}
