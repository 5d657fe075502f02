using Bento.Hosts;
using Bento.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Tells what watches a program of each operation on the fleet: its span, how long it took, what came of the hosts.</summary>
internal sealed class MeasuredDeployer(
    Deployer inner, IOptions<BentoOptions> options, TimeProvider clock, ILogger<Deployer>? logger = null) : IDeployer, IHostFreezer
{
    private readonly ILogger _logger = logger ?? NullLogger<Deployer>.Instance;

    public Task<DeployReport> ForecastAsync(
        BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.Forecast, request.Hosts, () => inner.ForecastAsync(request, progress, cancellationToken));

    public Task<DeployReport> BuildAsync(BuildRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.Build, request.Hosts, () => inner.BuildAsync(request, progress, cancellationToken));

    public Task<DeployReport> DeployAsync(DeployRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.Deploy, request.Hosts, () => inner.DeployAsync(request, progress, cancellationToken));

    public Task<DeployPlan> PlanAsync(PlanRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        MeasureAsync(SpanNames.Plan, request.Hosts, () => inner.PlanAsync(request, progress, cancellationToken), (_, _) => { });

    public Task<DeployReport> RefreshAsync(RefreshRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.Refresh, request.Hosts, () => inner.RefreshAsync(request, progress, cancellationToken));

    public Task<DeployReport> RollBackAsync(
        RollBackRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.RollBack, request.Hosts, () => inner.RollBackAsync(request, progress, cancellationToken));

    public Task<DeployReport> FreezeAsync(
        FreezeRequest request, IProgress<FleetEvent>? progress, CancellationToken cancellationToken) =>
        ReportAsync(SpanNames.Freeze, request.Hosts, () => inner.FreezeAsync(request, progress, cancellationToken));

    private Task<DeployReport> ReportAsync(string span, HostSelector hosts, Func<Task<DeployReport>> run) =>
        MeasureAsync(span, hosts, run, (trace, report) => trace.Tell(report));

    private async Task<T> MeasureAsync<T>(string span, HostSelector hosts, Func<Task<T>> run, Action<OperationTrace, T> tell)
    {
        using var trace = new OperationTrace(options.Value.Fleet, span, hosts, clock, _logger);
        try
        {
            var result = await run().ConfigureAwait(false);
            tell(trace, result);
            trace.Ended();
            return result;
        }
        catch (Exception exception) when (trace.Breaks(exception))
        {
            throw;
        }
    }
}
