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
    /// <returns>One entry a host, in ordinal order of their names. A host whose area cannot be read has its remark, never an
    /// exception.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads again and again: once at once, then as soon as something changes where the areas are on this machine, and at the latest after
    /// an interval.
    /// </summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What <see cref="ReadAsync"/> gives, without end.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used. Whoever wants to go on when it is transient, begins
    /// anew.</exception>
    IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken = default);

    /// <summary>Tells what changes. The first element is a <see cref="FleetChange.Snapshot"/>.</summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes, without end: a server that is away for a while is a <see cref="FleetChange.Unreachable"/>.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="TransportException">The server cannot be reached at the first look, or refuses to be used.</exception>
    IAsyncEnumerable<FleetChange> WatchAsync(HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken = default);
}
