namespace Bento.Configuration.Documents;

/// <summary>An SFTP server.</summary>
internal sealed class ServerSection
{
    public string Host { get; set; } = string.Empty;

    public int Port { get; set; } = 22;

    public string User { get; set; } = string.Empty;

    public string PrivateKeyFile { get; set; } = string.Empty;

    public List<string> HostKeys { get; set; } = [];

    /// <summary>The names that a certificate of the server may be about; its address where there are none.</summary>
    public List<string> HostPrincipals { get; set; } = [];

    /// <summary>The directory that holds the areas; nothing where the login lands in its own area.</summary>
    public string? Directory { get; set; }
}
