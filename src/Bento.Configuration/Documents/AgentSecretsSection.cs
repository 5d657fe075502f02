namespace Bento.Configuration.Documents;

/// <summary>How a host opens its secrets, and where it puts them.</summary>
internal sealed class AgentSecretsSection
{
    public string? Directory { get; set; }

    public string? IdentityFile { get; set; }
}
