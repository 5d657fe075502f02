using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Tells which hosts may be left behind when a signing key goes.</summary>
/// <remarks>Safe for concurrent use. Publishes nothing.</remarks>
public interface IKeyHandover
{
    /// <summary>Finds the hosts that have not said that they would take releases of the remaining keys alone.</summary>
    /// <param name="remaining">The keys that will sign.</param>
    /// <param name="threshold">How many of them a host must trust at least; 1 or more. More where the host itself asks for more.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// The hosts that have a release and whose newest heartbeat does not name enough of these keys
    /// (<see cref="Protocol.Heartbeat.Trusts"/>), or does not say what they trust: those of an older agent, and those that were never
    /// heard. That a host runs a release which a key signed says nothing about whether it trusts that key. In ordinal order.
    /// </returns>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostName>> FindUnreadyAsync(
        IReadOnlyList<SshPublicKey> remaining, int threshold, CancellationToken cancellationToken = default);
}
