namespace Bento.Configuration.Documents;

/// <summary>What is said about one host.</summary>
internal sealed class HostSection
{
    public List<string> Tags { get; set; } = [];

    public string? Attribute { get; set; }

    public bool EvaluateOnly { get; set; }

    /// <summary>What the host gets: configuration or system.</summary>
    public string? Delivery { get; set; }

    public bool SelfUpdate { get; set; }

    public bool Reboot { get; set; }

    public string? RebootWindow { get; set; }

    public string? SwitchWindow { get; set; }

    public HoldBackSection HoldBack { get; set; } = new();

    public bool Rollback { get; set; } = true;

    public bool RetryRolledBack { get; set; }

    public double ConfirmSeconds { get; set; } = 300;

    public List<HealthCheckSection> HealthChecks { get; set; } = [];

    public string? PublicKey { get; set; }

    public Dictionary<string, SecretSection> Secrets { get; set; } = [];
}
