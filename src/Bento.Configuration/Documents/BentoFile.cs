namespace Bento.Configuration.Documents;

/// <summary><c>bento.json</c> as it is written; bento.schema.json describes it.</summary>
internal sealed class BentoFile
{
    public string Fleet { get; set; } = "bento";

    public long Epoch { get; set; }

    public string Layout { get; set; } = "auto";

    /// <summary>The attributes of flakes that are not hosts.</summary>
    public List<string> IgnoreAttributes { get; set; } = [];

    /// <summary>The directories below hosts/ that describe no host.</summary>
    public List<string> IgnoreDirectories { get; set; } = [];

    /// <summary>What every directory below hosts/ is shipped with.</summary>
    public List<string> Share { get; set; } = [];

    /// <summary>What the directory of secrets is called.</summary>
    public string? HostSecretsDirectory { get; set; }

    /// <summary>Which files are shipped: auto, tracked or all.</summary>
    public string Files { get; set; } = "auto";

    /// <summary>Whether flakes may have inputs that lie on this machine.</summary>
    public bool AllowLocalInputs { get; set; }

    /// <summary>Whether only what is committed to git is published.</summary>
    public bool RequireClean { get; set; }

    /// <summary>The hosts that get their system whole, as a selector.</summary>
    public string? SystemDelivery { get; set; }

    public string? StateDirectory { get; set; }

    public double ReleaseDays { get; set; } = 30;

    public int KeepAttempts { get; set; } = 20;

    /// <summary>Whether a command that changes hosts wants to be told that all are meant.</summary>
    public bool RequireAll { get; set; }

    public AreasSection? Areas { get; set; }

    public ServerSection? Server { get; set; }

    public StoreSection? Store { get; set; }

    public BootstrapSection? Bootstrap { get; set; }

    public RolloutSection? Rollout { get; set; }

    public NotifySection Notify { get; set; } = new();

    public SigningSection Signing { get; set; } = new();

    public NixSection Nix { get; set; } = new();

    public Dictionary<string, HostSection> Hosts { get; set; } = [];
}
