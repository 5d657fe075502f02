using Bento.Status;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bento.Hosting;

/// <summary>Whether a host of the fleet needs attention. Asks the watcher and no server.</summary>
internal sealed class HostsHealthCheck(IFleetWatcher watcher) : IHealthCheck
{
    /// <summary>A description is a line: of a fleet that fails as a whole it names a few.</summary>
    private const int MaxNamed = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(watcher.Current.Hosts, context.Registration.FailureStatus));

    /// <summary>Pure.</summary>
    internal static HealthCheckResult Judge(IReadOnlyList<HostStatus> hosts, HealthStatus failure)
    {
        var troubled = hosts.Where(host => host.NeedsAttention).ToList();
        var data = hosts.GroupBy(host => host.State).ToDictionary(
            state => state.Key.ToString(), state => (object)state.Count(), StringComparer.Ordinal);
        if (troubled.Count == 0)
        {
            return HealthCheckResult.Healthy("No host needs attention.", data);
        }

        var names = string.Join("; ", troubled.Take(MaxNamed).Select(host => $"{host.Host}: {host.Reason}"));
        var rest = troubled.Count > MaxNamed ? $"; and {troubled.Count - MaxNamed} more" : string.Empty;
        return new HealthCheckResult(
            failure, $"{troubled.Count} of {hosts.Count} hosts need attention: {names}{rest}", data: data);
    }
}
