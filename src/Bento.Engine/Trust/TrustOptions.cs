namespace Bento.Trust;

/// <summary>Whose releases a host takes.</summary>
public sealed class TrustOptions
{
    /// <summary>The public keys that may sign releases, each a line as OpenSSH writes it: <c>ssh-ed25519 AAAA… [comment]</c>.</summary>
    /// <value>Default: none, and then no release is taken.</value>
    public IList<string> TrustedKeys { get; } = [];

    /// <summary>How many different keys of these must have signed a release.</summary>
    /// <value>Default: 1.</value>
    public int Threshold { get; set; } = 1;

    /// <summary>
    /// The epoch of the host: it takes releases of this one only. Raised by hand on host and publisher, and never lowered, it makes numbers
    /// begin at 1 again after a stolen key or a fault has used them up.
    /// </summary>
    /// <value>Default: 0. Never negative.</value>
    public long Epoch { get; set; }

    /// <summary>Takes releases without looking at signatures: whoever can write the area of the host is then root on it.</summary>
    /// <value>Default: false. Excludes <see cref="TrustedKeys"/>.</value>
    public bool AllowUnsigned { get; set; }
}
