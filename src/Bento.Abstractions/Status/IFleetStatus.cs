using Bento.Hosts;
using Bento.Transport;

namespace Bento.Status;

/// <summary>Says what every host should run, what it runs, and why they differ.</summary>
/// <remarks>
/// Thread-safe. Reading takes new reports into the status store, and changes nothing else. All who follow or watch in one process share
/// a connection and the looks over it, at the shortest of their intervals: the tenth costs the server nothing.
/// </remarks>
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
    /// Reads again and again: once at once, then as soon as something changes where that is noticed (areas on this machine, a
    /// transport or store that tells), and at the latest after an interval.
    /// </summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What <see cref="ReadAsync"/> gives, without end. Whoever reads slowly misses looks, and never the last one.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used. Whoever wants to go on when it is transient, begins
    /// anew.</exception>
    IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells what changes. It begins with a <see cref="FleetChange.Snapshot"/>, before that, while the server is away, with a
    /// <see cref="FleetChange.Unreachable"/>.
    /// </summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="interval">The longest time between two looks; more than zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes, without end: after the snapshot whatever keeps Bento from looking is a
    /// <see cref="FleetChange.Unreachable"/>.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing at the first look, or names what is not there.</exception>
    /// <exception cref="BentoException">The first look failed, and not for a reason that passes: a login that is refused, a store that
    /// is damaged.</exception>
    IAsyncEnumerable<FleetChange> WatchAsync(HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken = default);
}
