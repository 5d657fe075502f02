namespace Bento.Configuration.Documents;

/// <summary>Who may read a secret on its host.</summary>
internal sealed class SecretSection
{
    public string Owner { get; set; } = "root";

    public string Group { get; set; } = "root";

    public string Mode { get; set; } = "0400";
}
