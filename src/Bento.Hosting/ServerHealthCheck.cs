using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bento.Hosting;

/// <summary>Whether the fleet can be looked at. Asks the watcher and no server.</summary>
internal sealed class ServerHealthCheck(IFleetWatcher watcher, Func<TimeSpan> interval, TimeProvider clock) : IHealthCheck
{
    /// <summary>A look takes its time, and one that is late is no outage.</summary>
    private const int Patience = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(watcher.Current, interval(), clock.GetUtcNow(), context.Registration.FailureStatus));

    /// <summary>Pure.</summary>
    internal static HealthCheckResult Judge(WatchedFleet fleet, TimeSpan interval, DateTimeOffset now, HealthStatus failure) => fleet switch
    {
        { Problem: { } problem } => new HealthCheckResult(failure, problem, data: Times(fleet)),
        { SeenAt: null } => HealthCheckResult.Degraded("The first look at the fleet has not ended yet."),
        { SeenAt: { } seen } when now - seen > Patience * interval =>
            new HealthCheckResult(failure, $"The fleet was last looked at {seen:u}.", data: Times(fleet)),
        _ => HealthCheckResult.Healthy($"{fleet.Hosts.Count} hosts, looked at {fleet.SeenAt:u}.", Times(fleet)),
    };

    private static Dictionary<string, object> Times(WatchedFleet fleet)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        if (fleet.SeenAt is { } seen)
        {
            data["seenAt"] = seen;
        }

        if (fleet.ProblemSince is { } since)
        {
            data["problemSince"] = since;
        }

        return data;
    }
}
