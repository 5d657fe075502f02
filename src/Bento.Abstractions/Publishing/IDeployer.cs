using Bento.Building;
using Bento.Hosts;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>Turns the Bento directory into releases.</summary>
/// <remarks>
/// Safe for concurrent calls; two that publish exclude each other by a lock on the server. Interrupted at any point, a host has its old
/// release or the new one, and the same call again finishes the work. A host that fails is a result, never an exception.
/// </remarks>
public interface IDeployer
{
    /// <summary>Evaluates the selected hosts and says what Nix would do, without building or publishing.</summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A result for each selected host, with <see cref="DeployReport.Forecast"/> set.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or the request selects nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<DeployReport> ForecastAsync(
        BuildRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Builds the systems of the selected hosts without publishing.</summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A result for each selected host.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or the request selects nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    Task<DeployReport> BuildAsync(
        BuildRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Builds the systems of the selected hosts and says what <see cref="DeployAsync"/> would publish, without publishing. Waits for no
    /// other publisher.
    /// </summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>An entry for each selected host.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or the request selects nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<DeployPlan> PlanAsync(
        PlanRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes the current releases of the selected hosts valid for longer, without Nix. They keep number and id: no host tries anything
    /// again.
    /// </summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two hosts.</param>
    /// <returns>A result for each selected host. One whose area holds another release than was published from here fails: nothing else is
    /// signed.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    /// <exception cref="DeployCanceledException">It was cancelled when it had begun; says what was published by then.</exception>
    Task<DeployReport> RefreshAsync(
        RefreshRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes again, under a new number, what the selected hosts had before: content, system, secrets and policy. Without Nix. They keep
    /// it through later deploys, unless <see cref="RollBackRequest.IsPinned"/> says otherwise; a host that is frozen stays frozen.
    /// </summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>A result for each selected host. One that never had anything else, or whose area no longer has it, fails. A second rollback
    /// goes back to where the first came from.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    /// <exception cref="DeployCanceledException">It was cancelled when it had begun; says what was published by then.</exception>
    Task<DeployReport> RollBackAsync(
        RollBackRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Builds the systems of the selected hosts and publishes a release for each whose release would change.</summary>
    /// <param name="request">Which hosts.</param>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops between two steps of the publication of a host, never within one.</param>
    /// <returns>A result for each selected host.</returns>
    /// <exception cref="InvalidFleetException">The Bento directory cannot be used, or the request selects nothing.</exception>
    /// <exception cref="NixException">Nix could not be used.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    /// <exception cref="PublishLockedException">Somebody else publishes.</exception>
    /// <exception cref="PlanOutdatedException">Something else than <see cref="DeployRequest.Planned"/> would be published. Nothing
    /// was.</exception>
    /// <exception cref="DeployCanceledException">It was cancelled when it had begun; says what was published by then.</exception>
    Task<DeployReport> DeployAsync(
        DeployRequest request, IProgress<FleetEvent>? progress = null, CancellationToken cancellationToken = default);
}
