using Bento.Hosts;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Says what every host should run, what it runs, and why they differ.</summary>
/// <remarks>Thread-safe. Reading takes new reports into the status store, and changes nothing else.</remarks>
public interface IFleetStatus
{
    /// <summary>Reads the reports that are new and judges every selected host.</summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One entry a host, in ordinal order of their names. A host whose area cannot be read has its remark, never an exception.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken = default);
}
