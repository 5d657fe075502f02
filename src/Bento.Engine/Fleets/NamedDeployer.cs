using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Fleets;

/// <summary>The deployer of a fleet as it is when it is asked.</summary>
internal sealed class NamedDeployer(NamedFleet fleet) : IDeployer
{
    public Task<DeployReport> ForecastAsync(BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.ForecastAsync(request, progress, cancellationToken));

    public Task<DeployReport> BuildAsync(BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.BuildAsync(request, progress, cancellationToken));

    public Task<DeployPlan> PlanAsync(PlanRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.PlanAsync(request, progress, cancellationToken));

    public Task<DeployReport> RefreshAsync(RefreshRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.RefreshAsync(request, progress, cancellationToken));

    public Task<DeployReport> RollBackAsync(
        RollBackRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.RollBackAsync(request, progress, cancellationToken));

    public Task<DeployReport> DeployAsync(DeployRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        fleet.AskAsync(current => current.Deployer.DeployAsync(request, progress, cancellationToken));
}
