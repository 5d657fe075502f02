using Bento.Protocol;
using Bento.Transport;

namespace Bento.Administration;

/// <summary>The accounts by which hosts log in to the server that holds the areas.</summary>
/// <remarks>Thread-safe. Which steps there are depends on the transport: areas that belong to one user need none.</remarks>
public interface IHostAccounts
{
    /// <summary>Why <see cref="ApplyAsync"/> cannot take the steps from here, so that a person has to; null when it can.</summary>
    string? ManualReason { get; }

    /// <summary>Finds out what is still to do so that a host can log in to its area. Changes nothing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">The key that it logs in with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The steps in order; none when all is done.</returns>
    /// <exception cref="TransportException">The server has a user of that name who is not a host of Bento.</exception>
    Task<IReadOnlyList<ServerStep>> PlanAsync(HostName host, SshPublicKey key, CancellationToken cancellationToken = default);

    /// <summary>Finds out what is to do so that a host cannot log in any more. Changes nothing.</summary>
    /// <param name="host">The host.</param>
    /// <param name="withArea">Whether its area goes too, with the reports in it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The steps in order; none when nothing is there.</returns>
    Task<IReadOnlyList<ServerStep>> PlanRemovalAsync(HostName host, bool withArea, CancellationToken cancellationToken = default);

    /// <summary>Takes steps, one after the other.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="cancellationToken">Stops before the next one.</param>
    /// <returns>A task that ends with the last step.</returns>
    /// <exception cref="TransportException">A step failed; the steps after it were not taken.</exception>
    Task ApplyAsync(IReadOnlyList<ServerStep> steps, CancellationToken cancellationToken = default);
}
