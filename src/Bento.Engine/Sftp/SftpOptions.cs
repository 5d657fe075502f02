namespace Bento.Sftp;

/// <summary>How to reach the server that holds the areas, over SFTP.</summary>
/// <remarks>
/// Mutable while it is configured, then read once. A publisher's login needs the right to create, rename, change modes and remove below
/// <see cref="Directory"/>. Areas it creates belong to that login and are closed to others (0750); over SFTP no group can be looked up, so
/// prepare areas on the server as <c>root:&lt;host's group&gt;</c>, mode 2750, with <c>logs/</c> owned by the host: new files then inherit
/// the group. Where Bento runs on the server itself, a local directory does all of that alone.
/// </remarks>
public sealed class SftpOptions
{
    /// <summary>The name or address of the server.</summary>
    /// <value>Required.</value>
    public string Host { get; set; } = string.Empty;

    /// <summary>The port of its SSH server.</summary>
    /// <value>22 by default.</value>
    public int Port { get; set; } = SftpDefaults.Port;

    /// <summary>Who logs in: on a host its own name, for a publisher a user that may write all areas.</summary>
    /// <value>Required.</value>
    public string User { get; set; } = string.Empty;

    /// <summary>The file of the private key, in OpenSSH, PKCS#8 or PuTTY form; ed25519, ECDSA or RSA.</summary>
    /// <value>Required; an absolute path.</value>
    public string PrivateKeyFile { get; set; } = string.Empty;

    /// <summary>A file whose first line is the passphrase of the key.</summary>
    /// <value>Null by default: the key has none.</value>
    public string? PrivateKeyPassphraseFile { get; set; }

    /// <summary>
    /// The public keys that the server may show, as OpenSSH writes them: <c>ssh-ed25519 AAAA… [comment]</c>. Any other server is refused
    /// before anything is sent to it.
    /// </summary>
    /// <remarks>
    /// <c>@cert-authority ssh-ed25519 AAAA…</c> takes a server whose key this authority certified as a host, for one of
    /// <see cref="HostPrincipals"/>, and whose certificate is valid now.
    /// <c>@revoked ssh-ed25519 AAAA…</c> takes no server with this key, and none that this authority certified.
    /// </remarks>
    /// <value>Required, at least one that is not revoked. Two during a change of keys.</value>
    public IList<string> HostKeys { get; } = [];

    /// <summary>
    /// Whether the first key that the server shows is taken when <see cref="HostKeys"/> pins none. It is kept in
    /// <see cref="AcceptedHostKeyFile"/>, and from then on no other is.
    /// </summary>
    /// <remarks>Whoever sits between host and server at that moment stays there: compare the fingerprint, then pin the key.</remarks>
    /// <value>False by default.</value>
    public bool AcceptFirstHostKey { get; set; }

    /// <summary>The file that keeps a key which was taken so. It counts only while <see cref="HostKeys"/> pins none.</summary>
    /// <value>Null by default; required with <see cref="AcceptFirstHostKey"/>. An absolute path.</value>
    public string? AcceptedHostKeyFile { get; set; }

    /// <summary>The names one of which a certificate of the server must be about.</summary>
    /// <value>Empty by default: <see cref="Host"/>.</value>
    public IList<string> HostPrincipals { get; } = [];

    /// <summary>The directory on the server that holds the areas.</summary>
    /// <value>Null by default: the login lands in its own area, as a host's does.</value>
    public string? Directory { get; set; }

    /// <summary>How long connecting and logging in may take together.</summary>
    /// <value>15 seconds by default.</value>
    public TimeSpan ConnectTimeout { get; set; } = SftpDefaults.ConnectTimeout;

    /// <summary>How long the server may take to answer one request before it counts as stalled.</summary>
    /// <value>60 seconds by default.</value>
    public TimeSpan OperationTimeout { get; set; } = SftpDefaults.OperationTimeout;

    /// <summary>How often an idle connection shows that it lives.</summary>
    /// <value>15 seconds by default.</value>
    public TimeSpan KeepAliveInterval { get; set; } = SftpDefaults.KeepAliveInterval;

    /// <summary>How often a publisher shows that it still holds the lock; one that has not for 10 minutes has lost it.</summary>
    /// <value>1 minute by default.</value>
    public TimeSpan LockRefreshInterval { get; set; } = SftpDefaults.LockRefreshInterval;
}
