using Bento.Hosts;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>The hosts that a fleet knows of.</summary>
/// <remarks>Thread-safe. Starts no Nix and changes nothing.</remarks>
public interface IHostRegistry
{
    /// <summary>Lists the hosts that have an entry, a configuration that is known, or an area.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The hosts by name.</returns>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostEntry>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The hosts that the last complete look at the configurations found, such as that of a deploy. Asks no server, and takes no longer
    /// than it takes to read a file.
    /// </summary>
    /// <returns>The hosts by name; none when nobody looked yet.</returns>
    IReadOnlyList<HostName> ListRemembered();

    /// <summary>Looks whether a host can be given a key to log in with.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">The key.</param>
    /// <returns>What stands against it; nothing when it has this key already.</returns>
    IReadOnlyList<FleetProblem> Check(HostName host, SshPublicKey key);
}
