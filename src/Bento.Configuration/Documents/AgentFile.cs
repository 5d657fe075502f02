namespace Bento.Configuration.Documents;

/// <summary><c>agent.json</c> as it is written; agent.schema.json describes it.</summary>
internal sealed class AgentFile
{
    public string Host { get; set; } = string.Empty;

    public string Fleet { get; set; } = "bento";

    public double IntervalSeconds { get; set; } = 900;

    public double PollSeconds { get; set; } = 60;

    public double SelfUpdateHours { get; set; } = 24;

    public double BuildHours { get; set; } = 6;

    public double SwitchHours { get; set; } = 1;

    /// <summary>Whether the substituters of the host's own Nix are asked before the area.</summary>
    public bool UseSubstituters { get; set; }

    public string? StateDirectory { get; set; }

    public string? SystemProfile { get; set; }

    public string? CurrentSystem { get; set; }

    public string? BootedSystem { get; set; }

    public bool? UseSystemd { get; set; }

    public TrustSection Trust { get; set; } = new();

    public ServerSection? Server { get; set; }

    /// <summary>More servers with the same area, asked in this order.</summary>
    public List<ServerSection> Alternatives { get; set; } = [];

    public AreasSection? Areas { get; set; }

    public AgentSecretsSection Secrets { get; set; } = new();

    public NixSection Nix { get; set; } = new();
}
