namespace Bento.Trust;

/// <summary>Which keys sign the releases of a fleet.</summary>
public sealed class SigningOptions
{
    /// <summary>
    /// The keys, by absolute path: a private key, or the public half of one that an ssh-agent or a FIDO token holds. Each of them signs
    /// every release. A key with a passphrase is best given to an ssh-agent: <c>ssh-add</c>.
    /// </summary>
    /// <value>Default: none, and then releases are not signed.</value>
    public IList<string> KeyFiles { get; } = [];

    /// <summary>How many different keys of these must have signed a release before it is published.</summary>
    /// <value>Default: null, which is all of them. Less is of use where releases are signed on other machines.</value>
    public int? Threshold { get; set; }
}
