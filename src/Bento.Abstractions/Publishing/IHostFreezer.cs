using Bento.Hosts;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>Tells hosts to leave themselves as they are, and that it is over.</summary>
/// <remarks>Safe for concurrent calls, as <see cref="IDeployer"/> is.</remarks>
public interface IHostFreezer
{
    /// <summary>
    /// Publishes the current releases of the selected hosts again, under a new number, with a freeze in their policy or without. Without
    /// Nix: content and system stay. Every later release carries the freeze on, until it ends.
    /// </summary>
    /// <param name="request">Which hosts, and what.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two hosts.</param>
    /// <returns>A result for each selected host; unchanged where it is so already. One whose area holds another release than was published
    /// from here fails: nothing else is signed.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    Task<DeployReport> FreezeAsync(
        FreezeRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);
}
