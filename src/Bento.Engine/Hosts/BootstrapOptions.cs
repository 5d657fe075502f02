namespace Bento.Hosts;

/// <summary>Where hosts find the server: what the script <c>bootstrap.sh</c> of each area says about it.</summary>
public sealed class BootstrapOptions
{
    /// <summary>The name or address of the server, as hosts know it.</summary>
    /// <value>Required.</value>
    public string Host { get; set; } = string.Empty;

    /// <summary>The port of its sshd.</summary>
    /// <value>Default: 22. From 1 to 65535.</value>
    public int Port { get; set; } = 22;

    /// <summary>The public keys that the server may show: <c>ssh-ed25519 AAAA…</c>.</summary>
    /// <value>Default: none, and then the <c>known_hosts</c> of the host decides. No key is ever accepted unseen.</value>
    public IList<string> HostKeys { get; } = [];
}
