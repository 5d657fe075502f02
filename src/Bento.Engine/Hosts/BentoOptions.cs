namespace Bento.Hosts;

/// <summary>The Bento directory, and what is said about its hosts: <c>bento.json</c> as an object.</summary>
public sealed class BentoOptions
{
    /// <summary>The Bento directory: it holds <c>hosts/</c>, or a <c>flake.nix</c> that describes all hosts. An absolute path.</summary>
    public string Directory { get; set; } = string.Empty;

    /// <summary>The name of the fleet (<see cref="FleetName"/>). It is in every release, and a host obeys no other.</summary>
    /// <value>Default: <c>bento</c>.</value>
    public string Fleet { get; set; } = "bento";

    /// <summary>
    /// The epoch of the releases. The first release of a new epoch has the sequence 1; hosts take it when their own configuration names the
    /// epoch.
    /// </summary>
    /// <value>Default: 0. Raised, never lowered, to recover from a stolen key or from a sequence that has come to its end.</value>
    public long Epoch { get; set; }

    /// <summary>Where the publisher keeps its records: releases, accepted reports, what evaluation said, roots of built systems.</summary>
    /// <value>Default: null, which is <c>.bento</c> in the Bento directory.</value>
    public string? StateDirectory { get; set; }

    /// <summary>
    /// Directories that root may use although they belong to another user: the Bento directory, the state directory. <c>*</c> for all.
    /// </summary>
    /// <value>Default: none. Who became root by sudo may own them.</value>
    public IList<string> SafeDirectories { get; } = [];

    /// <summary>Where the hosts are described.</summary>
    /// <value>Default: <see cref="FleetLayout.Auto"/>.</value>
    public FleetLayout Layout { get; set; }

    /// <summary>
    /// The attributes of <c>nixosConfigurations</c> that are not hosts; <c>*</c> and <c>?</c> stand for other characters.
    /// </summary>
    /// <value>Default: none.</value>
    public IList<string> IgnoreAttributes { get; } = [];

    /// <summary>The directories below <c>hosts/</c> that describe no host and are not mentioned, by their names.</summary>
    /// <value>Default: none. A directory without a description is remarked on.</value>
    public IList<string> IgnoreDirectories { get; } = [];

    /// <summary>
    /// Files and directories of the Bento directory that every directory below <c>hosts/</c> is shipped with, by their paths in it, such as
    /// <c>modules</c>: what hosts refer to as <c>../../modules/base.nix</c>. Each then lies in its tree where it lies in the Bento
    /// directory.
    /// </summary>
    /// <value>Default: none. One flake for all hosts is shipped whole, and needs none.</value>
    public IList<string> Share { get; } = [];

    /// <summary>
    /// The directory at the top of a configuration directory that holds secrets for hosts, which Bento encrypts and never ships as they
    /// are.
    /// </summary>
    /// <value>Default: null, which is <c>secrets</c>, unless it holds the files of another tool (agenix, sops): that is refused.</value>
    public string? HostSecretsDirectory { get; set; }

    /// <summary>Which files are shipped.</summary>
    /// <value>Default: <see cref="ShippedFiles.Auto"/>.</value>
    public ShippedFiles Files { get; set; }

    /// <summary>
    /// Whether flakes may have inputs that lie on this machine, such as <c>path:/srv/dep</c>: every host must have the same there.
    /// </summary>
    /// <value>Default: false.</value>
    public bool AllowLocalInputs { get; set; }

    /// <summary>
    /// Whether only what is committed to git is published: not a tree with other changes, and not one outside of a work tree.
    /// </summary>
    /// <value>Default: false.</value>
    public bool RequireClean { get; set; }

    /// <summary>
    /// The hosts that get their system whole instead of their configuration, as a selector (<see cref="HostSelector"/>): <c>@small</c>.
    /// What is said about a single host goes before it.
    /// </summary>
    /// <value>Default: null: no host.</value>
    public string? SystemDelivery { get; set; }

    /// <summary>How long a release is valid without being refreshed.</summary>
    /// <value>Default: 30 days. From one hour to ten years.</value>
    public TimeSpan ReleaseLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many attempts of each host stay in the status store, with their logs; older ones go.</summary>
    /// <value>Default: 20. From 2 to 1000.</value>
    public int KeptAttempts { get; set; } = 20;

    /// <summary>
    /// Where hosts find the server, for the script <c>bootstrap.sh</c> in the <c>config/</c> of every area: the way in for a new host, and
    /// for one that still runs bash bento.
    /// </summary>
    /// <value>Default: null, and then there is no such script.</value>
    public BootstrapOptions? Bootstrap { get; set; }

    /// <summary>How releases reach the fleet in waves.</summary>
    /// <value>Default: null: nobody said anything about waves.</value>
    public RolloutOptions? Rollout { get; set; }

    /// <summary>Who is told when hosts need somebody.</summary>
    /// <value>Default: nobody.</value>
    public NotifyOptions Notify { get; set; } = new();

    /// <summary>What is said about single hosts, by name.</summary>
    public IDictionary<string, BentoHostOptions> Hosts { get; } = new Dictionary<string, BentoHostOptions>(StringComparer.Ordinal);
}
