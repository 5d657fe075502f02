using Bento.Publishing;

namespace Bento.Transport;

/// <summary>A connection to the server that holds the areas.</summary>
/// <remarks>Safe for concurrent calls. Disposing it never blocks on a peer that does not answer.</remarks>
public interface ITransportSession : IAsyncDisposable
{
    /// <summary>Gives access to the area of a host. Asks the server nothing.</summary>
    /// <param name="host">The host.</param>
    /// <returns>Its area, whether it exists or not.</returns>
    IArea OpenArea(HostName host);

    /// <summary>Lists the hosts that have an area.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their names in ordinal order; entries that no host can be called are left out.</returns>
    /// <exception cref="TransportException">The server cannot be used.</exception>
    Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken = default);

    /// <summary>Excludes every other publisher until the result is disposed or this process dies.</summary>
    /// <param name="holder">Who asks, for whoever is turned away: user, machine, process and time. One line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; dispose it. Disposing it again does nothing, also when somebody else has it by then.</returns>
    /// <exception cref="PublishLockedException">Somebody else has it.</exception>
    /// <exception cref="TransportException">The server cannot be used.</exception>
    Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken = default);
}
