using Bento.Status;

namespace Bento.Hosting;

/// <summary>
/// How a fleet stands, kept up to date by a service of the application for as long as it runs. Nothing that a server, a store or a
/// configuration does ends it: it says so, and tries again.
/// </summary>
/// <remarks>Thread-safe. Reading it costs no server anything; however many ask, there is one connection and one look an interval.</remarks>
public interface IFleetWatcher
{
    /// <summary>How the fleet stood when it was last looked at.</summary>
    /// <value>Without hosts and times until the first look ends, which begins with the application.</value>
    WatchedFleet Current { get; }

    /// <summary>Waits for the next look, for whoever shows <see cref="Current"/>: a look that failed is one too.</summary>
    /// <param name="known">What is shown; see <see cref="Current"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The newest look, at once where it is already another than <paramref name="known"/>.</returns>
    Task<WatchedFleet> WaitAsync(WatchedFleet known, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells what changes, without end: a <see cref="FleetChange.Snapshot"/> first, as soon as the fleet can be looked at.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes. Where what keeps Bento from looking is not an outage but an error that waiting does not fix, it is a
    /// <see cref="FleetChange.Unreachable"/> all the same. Whoever reads slowly gets what changed in between as one step.</returns>
    IAsyncEnumerable<FleetChange> WatchAsync(CancellationToken cancellationToken = default);
}
