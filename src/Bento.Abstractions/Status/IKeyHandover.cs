using Bento.Hosts;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Status;

/// <summary>Tells which hosts may be left behind when a signing key goes.</summary>
/// <remarks>Safe for concurrent use. Publishes nothing.</remarks>
public interface IKeyHandover
{
    /// <summary>Finds the hosts that have not shown that they would take releases of the remaining keys alone.</summary>
    /// <param name="remaining">The keys that will sign.</param>
    /// <param name="threshold">How many of them a host asks for; 1 or more.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// The hosts that have a release and have not reported to run one that so many of these keys had signed when it was published: a new key is trusted by a
    /// host only when it runs a configuration that names it, and that came no earlier. In ordinal order.
    /// </returns>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostName>> FindUnreadyAsync(IReadOnlyList<PublicKey> remaining, int threshold, CancellationToken cancellationToken = default);
}
