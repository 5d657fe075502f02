namespace Bento.Configuration.Documents;

/// <summary>What <c>bootstrap.sh</c> of every area says about the server.</summary>
internal sealed class BootstrapSection
{
    public string Host { get; set; } = string.Empty;

    public int Port { get; set; } = 22;

    public List<string> HostKeys { get; set; } = [];
}
