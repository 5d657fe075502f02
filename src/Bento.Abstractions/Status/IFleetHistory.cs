using Bento.Hosts;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Says what was published when and by whom, and what each host made of it.</summary>
/// <remarks>Thread-safe. Reading takes new reports into the status store, and changes nothing else.</remarks>
public interface IFleetHistory
{
    /// <summary>Reads the past of the selected hosts.</summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One entry a host, in ordinal order of their names. A host of which something cannot be read says so, never an
    /// exception.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostHistory>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken = default);

    /// <summary>Reads the log of an attempt from the status store.</summary>
    /// <param name="host">The host.</param>
    /// <param name="number">The number of the release.</param>
    /// <param name="attempt">Which try at it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The log; null when none was kept.</returns>
    /// <exception cref="StatusStoreException">The log cannot be read.</exception>
    Task<HostLog?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken = default);
}
